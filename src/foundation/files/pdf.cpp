// PDF: opening, and rewriting with nothing but what is seen, and with the line that says whose copy it is.
// The only place of this module that knows qpdf.
// Source: ISO 32000-1: 14.3 (metadata), 7.11.4 (embedded files), 12.6 (actions), 14.5 (page-piece dictionaries).
#include <algorithm>
#include <array>
#include <memory>
#include <set>
#include <string>

#include <fmt/format.h>
#define POINTERHOLDER_TRANSITION 4
#ifdef __clang__
// clang 14 cannot parse the class JSON of qpdf with the vector of libstdc++ 12 (C++20); nothing here uses it.
#define JSON_HH
class JSON;
#endif
#include <qpdf/Buffer.hh>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFAcroFormDocumentHelper.hh>
#include <qpdf/QPDFExc.hh>
#include <qpdf/QPDFObjectHandle.hh>
#include <qpdf/QPDFPageDocumentHelper.hh>
#include <qpdf/QPDFPageObjectHelper.hh>
#include <qpdf/QPDFWriter.hh>

#include "foundation/files/metadata.hpp"

namespace rcms::files {

namespace {

using Content = std::span<std::uint8_t const>;

constexpr int most_pages = 5'000;

tl::unexpected<Refused> broken(std::exception const& error) {
  return refuse(Why::unsupported_type, "file.damaged", fmt::format("The PDF cannot be opened: {}.", error.what()));
}

tl::unexpected<Refused> needs_password() {
  return refuse(Why::unsupported_type, "file.encrypted",
                "The PDF is protected by a password; remove it and attach the file again.");
}

/// Throws what qpdf throws.
std::unique_ptr<QPDF> open(Content content) {
  auto pdf = std::make_unique<QPDF>();
  pdf->setSuppressWarnings(true);
  pdf->processMemoryFile("attachment", reinterpret_cast<char const*>(content.data()), content.size());
  return pdf;
}

/// Actions that do more than move within the document or open a link.
bool is_active(QPDFObjectHandle action) {
  if (!action.isDictionary()) return false;
  static std::set<std::string> const active = {"/JavaScript", "/Launch",    "/SubmitForm",       "/ImportData", "/GoToE",
                                               "/GoToR",      "/Rendition", "/RichMediaExecute", "/Movie",      "/Sound"};
  auto kind = action.getKey("/S");
  return kind.isName() && active.count(kind.getName()) != 0;
}

void strip_dictionary(QPDFObjectHandle dictionary) {
  for (auto key : {"/Metadata", "/PieceInfo", "/LastModified", "/AA", "/EF", "/AF", "/JS", "/XFA"}) {
    if (dictionary.hasKey(key)) dictionary.removeKey(key);
  }
  for (auto key : {"/A", "/OpenAction", "/PA", "/Next"}) {
    if (dictionary.hasKey(key) && is_active(dictionary.getKey(key))) dictionary.removeKey(key);
  }
  // Names of layers and texts of marked parts: emptied, so that all layers are seen.
  if (auto properties = dictionary.getKey("/Properties"); properties.isDictionary()) {
    for (auto const& key : properties.getKeys()) properties.replaceKey(key, QPDFObjectHandle::newDictionary());
  }
}

/// Direct dictionaries and arrays inside an object; indirect ones are visited by themselves.
void strip_object(QPDFObjectHandle object, int depth) {
  constexpr int deepest = 50;
  if (depth > deepest) return;
  if (object.isStream()) object = object.getDict();
  if (object.isDictionary()) {
    strip_dictionary(object);
    for (auto const& key : object.getKeys()) {
      auto value = object.getKey(key);
      if (!value.isIndirect()) strip_object(value, depth + 1);
    }
  } else if (object.isArray()) {
    for (int i = 0; i < object.getArrayNItems(); ++i) {
      auto item = object.getArrayItem(i);
      if (!item.isIndirect()) strip_object(item, depth + 1);
    }
  }
}

/// The bytes of a picture behind the filters that stand ahead of its own ("ASCII85, then JPEG"); empty when it has another one.
std::string inner_picture(QPDFObjectHandle object, std::string const& format) {
  auto filters = object.getDict().getKey("/Filter");
  if (filters.isName()) filters = QPDFObjectHandle::newArray({filters});
  if (!filters.isArray() || filters.getArrayNItems() == 0) return {};
  auto last = filters.getArrayItem(filters.getArrayNItems() - 1);
  if (!last.isName() || last.getName() != format) return {};
  auto const raw = object.getRawStreamData();
  std::string data(reinterpret_cast<char const*>(raw->getBuffer()), raw->getSize());
  if (filters.getArrayNItems() == 1) return data;
  auto outer = QPDFObjectHandle::newArray();
  for (int i = 0; i + 1 < filters.getArrayNItems(); ++i) outer.appendItem(filters.getArrayItem(i));
  auto wrapped = QPDFObjectHandle::newStream(object.getOwningQPDF(), data);
  wrapped.replaceStreamData(data, outer, QPDFObjectHandle::newNull());
  auto const plain = wrapped.getStreamData(qpdf_dl_specialized);
  return {reinterpret_cast<char const*>(plain->getBuffer()), plain->getSize()};
}

/// JPEG 2000: only the boxes that draw the picture. Source: ISO/IEC 15444-1, annex I. A bare code stream has none.
std::string strip_jpeg_2000(std::string const& data) {
  if (data.size() < 12 || data.substr(4, 4) != "jP  ") return data;
  std::string out;
  for (std::size_t at = 0; at + 8 <= data.size();) {
    std::uint64_t length = 0;
    for (int i = 0; i < 4; ++i) length = length << 8 | static_cast<unsigned char>(data[at + static_cast<std::size_t>(i)]);
    if (length == 0) length = data.size() - at;
    auto const kind = data.substr(at + 4, 4);
    if (length < 8 || length > data.size() - at) return {};  // also boxes of more than 4 GB
    if (kind == "jP  " || kind == "ftyp" || kind == "jp2h" || kind == "jp2c") out += data.substr(at, length);
    at += length;
  }
  return out;
}

/// A picture inside a PDF carries the same metadata as outside.
void strip_picture(QPDFObjectHandle object) {
  if (!object.isStream()) return;
  for (auto const* format : {"/DCTDecode", "/JPXDecode"}) {
    auto const inner = inner_picture(object, format);
    if (inner.empty()) continue;
    auto const stripped = std::string_view(format) == "/DCTDecode"
                              ? std::string(as_text(strip_jpeg(as_bytes(inner))))
                              : strip_jpeg_2000(inner);
    if (!stripped.empty()) {
      object.replaceStreamData(stripped, QPDFObjectHandle::newName(format), QPDFObjectHandle::newNull());
    }
  }
}

/// Keeps of a dictionary only these keys.
void keep_only(QPDFObjectHandle dictionary, std::set<std::string> const& kept) {
  for (auto const& key : dictionary.getKeys()) {
    if (kept.count(key) == 0) dictionary.removeKey(key);
  }
}

/// Comments between the operators of a page, and what marks its parts without being drawn: alternative and actual texts, names.
class DrawnOnly : public QPDFObjectHandle::TokenFilter {
 public:
  void handleToken(QPDFTokenizer::Token const& token) override {
    auto const type = token.getType();
    if (type == QPDFTokenizer::tt_comment) return;
    if (type == QPDFTokenizer::tt_dict_open) ++depth_;
    if (depth_ > 0 || !held_.empty()) {
      bool const marks = depth_ == 0 && type == QPDFTokenizer::tt_word && (token.getValue() == "BDC" || token.getValue() == "DP");
      if (type == QPDFTokenizer::tt_dict_close && depth_ > 0) --depth_;
      if (marks) {
        held_.clear();
        write(token.getValue() == "BDC" ? "BMC" : "MP");
        return;
      }
      held_ += token.getRawValue();
      if (depth_ == 0 && type == QPDFTokenizer::tt_word) release();
      return;
    }
    writeToken(token);
  }
  void handleEOF() override { release(); }

 private:
  void release() {
    write(held_);
    held_.clear();
  }
  int depth_ = 0;
  std::string held_;
};

bool is_named(QPDFObjectHandle dictionary, std::string const& key, std::string const& name) {
  auto value = dictionary.getKey(key);
  return value.isName() && value.getName() == name;
}

/// What stands beside the pictures and drawings that a page uses.
void strip_drawing(QPDFObjectHandle object) {
  if (!object.isStream()) return;
  auto dictionary = object.getDict();
  bool const form = is_named(dictionary, "/Subtype", "/Form");
  if (form || is_named(dictionary, "/Subtype", "/Image")) {
    for (auto key : {"/OPI", "/Alternates", "/OC", "/StructParent", "/StructParents", "/PtData", "/Measure", "/Ref", "/Name",
                     "/ID", "/Metadata", "/AF"}) {
      if (dictionary.hasKey(key)) dictionary.removeKey(key);
    }
  }
  auto pattern = dictionary.getKey("/PatternType");
  bool const tiles = pattern.isInteger() && pattern.getIntValue() == 1;
  if (form || tiles) object.addTokenFilter(std::make_shared<DrawnOnly>());
}

/// What was typed into a field is seen, also where the document leaves the drawing of it to its reader.
void draw_fields(QPDF& pdf, QPDFPageDocumentHelper& pages) {
  QPDFAcroFormDocumentHelper forms(pdf);
  forms.generateAppearancesIfNeeded();
  for (auto& page : pages.getAllPages()) {
    for (auto& widget : forms.getWidgetAnnotationsForPage(page)) {
      if (!widget.getAppearanceDictionary().isNull()) continue;
      auto field = forms.getFieldForAnnotation(widget);
      if (field.isText() || field.isChoice()) field.generateAppearance(widget);
    }
  }
}

/// Only what draws the pages is kept of the document: no outline, no layers, no texts for the ear, no names, no forms to fill in.
/// Notes and fields that are seen become part of their page; what was not seen is gone.
void strip_document(QPDF& pdf) {
  for (auto key : {"/Info", "/ID"}) pdf.getTrailer().removeKey(key);
  QPDFPageDocumentHelper pages(pdf);
  draw_fields(pdf, pages);
  pages.flattenAnnotations(0, an_invisible | an_hidden | an_no_view);
  pages.pushInheritedAttributesToPage();
  keep_only(pdf.getRoot(), {"/Type", "/Pages", "/Version", "/Extensions"});
  for (auto& page : pages.getAllPages()) {
    keep_only(page.getObjectHandle(),
              {"/Type", "/Parent", "/Resources", "/MediaBox", "/CropBox", "/Rotate", "/UserUnit", "/Contents", "/Group"});
    page.addContentTokenFilter(std::make_shared<DrawnOnly>());
  }
  for (auto object : pdf.getAllObjects()) {
    strip_object(object, 0);
    strip_drawing(object);
    strip_picture(object);
  }
}

/// The letters of Windows-1252 that PDF viewers draw without a font of the document; others become a question mark.
std::string latin_letters(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    auto const byte = static_cast<unsigned char>(text[i]);
    if (byte >= 0x80 && byte < 0xC0) continue;
    if (byte < 0x80) {
      out += byte < 0x20 ? ' ' : text[i];
    } else if ((byte == 0xC2 || byte == 0xC3) && i + 1 < text.size()) {
      out += static_cast<char>((byte & 0x03) << 6 | (static_cast<unsigned char>(text[i + 1]) & 0x3F));
    } else {
      out += '?';
    }
  }
  return out;
}

/// From the lower left corner as the page is seen to the coordinates of the page. Source: ISO 32000-1, 7.7.3.3 (Rotate).
std::string upright(QPDFObjectHandle::Rectangle const& box, int turned) {
  switch (turned) {
    case 90: return fmt::format("0 1 -1 0 {:.3f} {:.3f}", box.urx, box.lly);
    case 180: return fmt::format("-1 0 0 -1 {:.3f} {:.3f}", box.urx, box.ury);
    case 270: return fmt::format("0 -1 1 0 {:.3f} {:.3f}", box.llx, box.ury);
    default: return fmt::format("1 0 0 1 {:.3f} {:.3f}", box.llx, box.lly);
  }
}

/// Writes a small grey line with a white edge at the foot of a page. The page itself becomes one drawing, so that nothing it
/// leaves set can move or hide the line.
void mark_page(QPDF& pdf, QPDFPageObjectHelper& page, std::string const& letters) {
  auto box_value = page.getCropBox();
  if (!box_value.isRectangle()) return;
  auto const box = box_value.getArrayAsRectangle();
  auto rotate = page.getAttribute("/Rotate", false);
  int const turned = rotate.isInteger() ? ((rotate.getIntValueAsInt() % 360) + 360) % 360 : 0;
  double const width = turned % 180 == 0 ? box.urx - box.llx : box.ury - box.lly;
  double const height = turned % 180 == 0 ? box.ury - box.lly : box.urx - box.llx;
  if (width < 20 || height < 20) return;
  double const size =
      std::min(std::max(std::min(width, height) * 0.013, 4.0), 0.92 * width / (0.56 * static_cast<double>(letters.size())));
  auto drawing = pdf.makeIndirectObject(page.getFormXObjectForPage(false));
  // Read now: the drawing would otherwise ask the page for its content when that is the drawing itself.
  auto const drawn = drawing.getStreamData(qpdf_dl_generalized);
  drawing.replaceStreamData(std::string(reinterpret_cast<char const*>(drawn->getBuffer()), drawn->getSize()),
                            QPDFObjectHandle::newNull(), QPDFObjectHandle::newNull());
  auto const font = QPDFObjectHandle::parse(
      "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>");
  auto resources = QPDFObjectHandle::newDictionary();
  resources.replaceKey("/XObject", QPDFObjectHandle::newDictionary({{"/Page", drawing}}));
  resources.replaceKey("/Font", QPDFObjectHandle::newDictionary({{"/Mark", font}}));
  auto const text = QPDFObjectHandle::newString(letters).unparse();
  auto const content = fmt::format(
      "q /Page Do Q\nq {} cm BT /Mark {:.3f} Tf {:.3f} {:.3f} Td\n1 G {:.3f} w 1 j 1 Tr {} Tj\nET "
      "BT /Mark {:.3f} Tf {:.3f} {:.3f} Td\n0.35 g 0 Tr {} Tj ET Q\n",
      upright(box, turned), size, width * 0.03, size * 0.9, size * 0.3, text, size, width * 0.03, size * 0.9, text);
  auto handle = page.getObjectHandle();
  handle.replaceKey("/Resources", resources);
  handle.replaceKey("/Contents", QPDFObjectHandle::newStream(&pdf, content));
}

}  // namespace

Result<std::uint32_t> check_pdf(Content content) {
  try {
    auto const pdf = open(content);
    auto const& pages = pdf->getAllPages();
    if (pages.empty()) return refuse(Why::unsupported_type, "file.damaged", "The PDF has no pages.");
    if (pages.size() > most_pages)
      return refuse(Why::too_large, "file", fmt::format("The PDF has more than {} pages.", most_pages));
    return static_cast<std::uint32_t>(pages.size());
  } catch (QPDFExc const& error) {
    if (error.getErrorCode() == qpdf_e_password) return needs_password();
    return broken(error);
  } catch (std::exception const& error) {
    return broken(error);
  }
}

Result<Bytes> strip_pdf(Content content, std::string_view mark) {
  try {
    auto pdf = open(content);
    strip_document(*pdf);
    if (auto const letters = latin_letters(mark); !letters.empty()) {
      for (auto& page : QPDFPageDocumentHelper(*pdf).getAllPages()) mark_page(*pdf, page, letters);
    }
    QPDFWriter writer(*pdf);
    writer.setOutputMemory();
    writer.setPreserveEncryption(false);
    writer.setDeterministicID(true);
    writer.setObjectStreamMode(qpdf_o_disable);
    writer.write();
    auto const buffer = std::unique_ptr<Buffer>(writer.getBuffer());
    return Bytes(buffer->getBuffer(), buffer->getBuffer() + buffer->getSize());
  } catch (QPDFExc const& error) {
    if (error.getErrorCode() == qpdf_e_password) return needs_password();
    return broken(error);
  } catch (std::exception const& error) {
    return broken(error);
  }
}

}  // namespace rcms::files
