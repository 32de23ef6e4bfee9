// PDF: opening, and rewriting without metadata and active content. The only place of this module that knows qpdf.
// Source: ISO 32000-1: 14.3 (metadata), 7.11.4 (embedded files), 12.6 (actions), 14.5 (page-piece dictionaries).
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
#include <qpdf/QPDFExc.hh>
#include <qpdf/QPDFObjectHandle.hh>
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

bool is_hidden_annotation(QPDFObjectHandle annotation) {
  if (!annotation.isDictionary()) return false;
  static std::set<std::string> const hidden = {"/FileAttachment", "/RichMedia", "/Movie", "/Sound", "/3D", "/Screen"};
  auto kind = annotation.getKey("/Subtype");
  return kind.isName() && hidden.count(kind.getName()) != 0;
}

void strip_dictionary(QPDFObjectHandle dictionary) {
  for (auto key : {"/Metadata", "/PieceInfo", "/LastModified", "/AA", "/EF", "/AF", "/JS", "/XFA"}) {
    if (dictionary.hasKey(key)) dictionary.removeKey(key);
  }
  for (auto key : {"/A", "/OpenAction", "/PA", "/Next"}) {
    if (dictionary.hasKey(key) && is_active(dictionary.getKey(key))) dictionary.removeKey(key);
  }
  // Authors and times of annotations (12.5.2, 12.5.6.2); /T of a form field is its name and stays.
  if (dictionary.hasKey("/Rect") && dictionary.hasKey("/Subtype")) {
    for (auto key : {"/M", "/CreationDate", "/NM"}) {
      if (dictionary.hasKey(key)) dictionary.removeKey(key);
    }
    if (dictionary.hasKey("/T") && !dictionary.hasKey("/FT") && !dictionary.hasKey("/Parent")) dictionary.removeKey("/T");
  }
  if (auto annotations = dictionary.getKey("/Annots"); annotations.isArray()) {
    for (int i = annotations.getArrayNItems() - 1; i >= 0; --i) {
      if (is_hidden_annotation(annotations.getArrayItem(i))) annotations.eraseItem(i);
    }
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

/// A JPEG inside a PDF carries the same metadata as outside.
void strip_picture(QPDFObjectHandle object) {
  if (!object.isStream()) return;
  auto filter = object.getDict().getKey("/Filter");
  if (filter.isArray() && filter.getArrayNItems() == 1) filter = filter.getArrayItem(0);
  if (!filter.isName() || filter.getName() != "/DCTDecode") return;
  auto const raw = object.getRawStreamData();
  auto const stripped = strip_jpeg({raw->getBuffer(), raw->getSize()});
  if (stripped.empty()) return;
  object.replaceStreamData(std::string(as_text(stripped)), object.getDict().getKey("/Filter"),
                           object.getDict().getKey("/DecodeParms"));
}

void strip_document(QPDF& pdf) {
  pdf.getTrailer().removeKey("/Info");
  auto root = pdf.getRoot();
  for (auto key : {"/Names", "/AF", "/Collection", "/SpiderInfo", "/Legal", "/Perms", "/DSS"}) {
    if (!root.hasKey(key)) continue;
    if (std::string_view(key) != "/Names") {
      root.removeKey(key);
      continue;
    }
    auto names = root.getKey(key);
    for (auto tree : {"/EmbeddedFiles", "/JavaScript", "/Renditions", "/AlternatePresentations"}) {
      if (names.isDictionary() && names.hasKey(tree)) names.removeKey(tree);
    }
  }
  for (auto object : pdf.getAllObjects()) {
    strip_object(object, 0);
    strip_picture(object);
  }
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

Result<Bytes> strip_pdf(Content content) {
  try {
    auto pdf = open(content);
    strip_document(*pdf);
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
