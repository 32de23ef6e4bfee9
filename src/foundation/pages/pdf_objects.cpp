#include "foundation/pages/pdf_objects.hpp"

#include <exception>
#include <memory>
#include <stdexcept>

#define POINTERHOLDER_TRANSITION 4  // qpdf with standard shared pointers
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFEFStreamObjectHelper.hh>
#include <qpdf/QPDFEmbeddedFileDocumentHelper.hh>
#include <qpdf/QPDFFileSpecObjectHelper.hh>
#include <qpdf/QPDFPageDocumentHelper.hh>
#include <qpdf/QPDFPageObjectHelper.hh>
#include <qpdf/QUtil.hh>
#include <qpdf/QPDFWriter.hh>

namespace rcms::pdf_objects {
namespace {

void open(QPDF& file, std::string const& bytes) {
  file.setSuppressWarnings(true);
  file.processMemoryFile("pdf", bytes.data(), bytes.size());
}

std::string written(QPDF& file) {
  QPDFWriter writer(file);
  writer.setOutputMemory();
  writer.setDeterministicID(true);
  writer.setObjectStreamMode(qpdf_o_generate);
  writer.write();
  auto buffer = writer.getBufferSharedPointer();
  return std::string(reinterpret_cast<char const*>(buffer->getBuffer()), buffer->getSize());
}

constexpr char archive_mark[] =
    "<rdf:Description rdf:about=\"\" xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\">"
    "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance></rdf:Description>\n";

std::string text_of_stream(QPDFObjectHandle stream) {
  auto const data = stream.getStreamData(qpdf_dl_all);
  return std::string(reinterpret_cast<char const*>(data->getBuffer()), data->getSize());
}

/// The metadata says what the file is; what stands in the older dictionary and not in the metadata goes.
void mark_as_archive(QPDF& file, QPDFObjectHandle root) {
  auto text = text_of_stream(root.getKey("/Metadata"));
  auto const end = text.find("</rdf:RDF>");
  if (end == std::string::npos) throw std::runtime_error("the file has no metadata of this program");
  text.insert(end, archive_mark);
  auto metadata = file.newStream(text);
  metadata.getDict().replaceKey("/Type", QPDFObjectHandle::newName("/Metadata"));
  metadata.getDict().replaceKey("/Subtype", QPDFObjectHandle::newName("/XML"));
  root.replaceKey("/Metadata", metadata);
  auto information = file.getTrailer().getKey("/Info");
  if (information.isDictionary()) information.removeKey("/Producer");
}

void add_output_intent(QPDF& file, QPDFObjectHandle root, std::string const& profile, std::string const& name) {
  auto stream = file.newStream(profile);
  stream.getDict().replaceKey("/N", QPDFObjectHandle::newInteger(3));
  auto intent = QPDFObjectHandle::newDictionary();
  intent.replaceKey("/Type", QPDFObjectHandle::newName("/OutputIntent"));
  intent.replaceKey("/S", QPDFObjectHandle::newName("/GTS_PDFA1"));
  intent.replaceKey("/OutputConditionIdentifier", QPDFObjectHandle::newString(name));
  intent.replaceKey("/Info", QPDFObjectHandle::newString(name));
  intent.replaceKey("/DestOutputProfile", stream);
  auto intents = QPDFObjectHandle::newArray();
  intents.appendItem(file.makeIndirectObject(intent));
  root.replaceKey("/OutputIntents", intents);
}

/// A field without a place on the page, whose value is to be filled; nothing may be changed afterwards (DocMDP 1).
void add_signature_field(QPDF& file, QPDFObjectHandle root, SignatureField const& field) {
  auto value = QPDFObjectHandle::newDictionary();
  value.replaceKey("/Type", QPDFObjectHandle::newName("/Sig"));
  value.replaceKey("/Filter", QPDFObjectHandle::newName("/Adobe.PPKLite"));
  value.replaceKey("/SubFilter", QPDFObjectHandle::newName("/ETSI.CAdES.detached"));
  value.replaceKey("/M", QPDFObjectHandle::newString(field.date));
  value.replaceKey("/Name", QPDFObjectHandle::newUnicodeString(field.signer));
  value.replaceKey("/Reason", QPDFObjectHandle::newUnicodeString(field.reason));
  value.replaceKey("/Location", QPDFObjectHandle::newUnicodeString(field.location));
  value.replaceKey("/Contents", QPDFObjectHandle::newString(std::string(field.bytes_at_most, '\0')));
  value.replaceKey("/ByteRange", QPDFObjectHandle::parse("[0 9999999999 9999999999 9999999999]"));
  value.replaceKey("/Reference", QPDFObjectHandle::parse("[<< /Type /SigRef /TransformMethod /DocMDP /TransformParams << /Type "
                                                         "/TransformParams /V /1.2 /P 1 >> >>]"));
  auto signature = file.makeIndirectObject(value);
  auto page = QPDFPageDocumentHelper(file).getAllPages().at(0).getObjectHandle();
  auto widget = QPDFObjectHandle::parse("<< /Type /Annot /Subtype /Widget /FT /Sig /T (Signature) /Rect [0 0 0 0] /F 132 >>");
  widget.replaceKey("/V", signature);
  widget.replaceKey("/P", page);
  widget = file.makeIndirectObject(widget);
  auto list = QPDFObjectHandle::newArray();
  list.appendItem(widget);
  page.replaceKey("/Annots", list);
  auto form = QPDFObjectHandle::parse("<< /SigFlags 3 >>");
  form.replaceKey("/Fields", list);
  root.replaceKey("/AcroForm", file.makeIndirectObject(form));
  auto permissions = QPDFObjectHandle::newDictionary();
  permissions.replaceKey("/DocMDP", signature);
  root.replaceKey("/Perms", permissions);
}

template <class Check>
void check_archive_object(QPDFObjectHandle object, Check const& check) {
  auto dictionary = object.isStream() ? object.getDict() : object;
  if (!dictionary.isDictionary()) return;
  auto const key = [&dictionary](char const* name) { return dictionary.getKey(name); };
  if (key("/Type").isNameAndEquals("/FontDescriptor"))
    check(!key("/FontFile").isNull() || !key("/FontFile2").isNull() || !key("/FontFile3").isNull(), "font: not embedded");
  if (key("/Type").isNameAndEquals("/Font") && key("/Subtype").isNameAndEquals("/CIDFontType2"))
    check(!key("/CIDToGIDMap").isNull(), "font: no map from characters to glyphs");
  if (key("/Subtype").isNameAndEquals("/Image"))
    check(!key("/Interpolate").isBool() || !key("/Interpolate").getBoolValue(), "picture: smoothed");
  if (object.isStream()) check(key("/F").isNull() && !key("/Filter").isNameAndEquals("/LZWDecode"), "stream: elsewhere or LZW");
  check(key("/JavaScript").isNull() && key("/JS").isNull() && key("/EmbeddedFiles").isNull(), "scripts or attachments");
  check(key("/TR").isNull() && key("/HTP").isNull(), "transfer function");
}

}  // namespace

std::string with_metadata(std::string const& pdf, std::string const& xmp, std::string const& language) {
  QPDF file;
  open(file, pdf);
  auto root = file.getRoot();
  auto metadata = file.newStream(xmp);
  metadata.getDict().replaceKey("/Type", QPDFObjectHandle::newName("/Metadata"));
  metadata.getDict().replaceKey("/Subtype", QPDFObjectHandle::newName("/XML"));
  root.replaceKey("/Metadata", metadata);
  root.replaceKey("/Lang", QPDFObjectHandle::newUnicodeString(language));
  auto preferences = QPDFObjectHandle::newDictionary();
  preferences.replaceKey("/DisplayDocTitle", QPDFObjectHandle::newBool(true));
  if (language == "ar") preferences.replaceKey("/Direction", QPDFObjectHandle::newName("/R2L"));
  root.replaceKey("/ViewerPreferences", preferences);
  return written(file);
}

std::string with_files(std::string const& pdf, std::vector<File> const& files, std::string const& date) {
  QPDF file;
  open(file, pdf);
  QPDFEmbeddedFileDocumentHelper list(file);
  for (auto const& attached : files) {
    auto stream = QPDFEFStreamObjectHelper::createEFStream(file, attached.content);
    stream.setSubtype(attached.type).setCreationDate(date).setModDate(date);
    list.replaceEmbeddedFile(attached.name, QPDFFileSpecObjectHelper::createFileSpec(file, attached.name, stream));
  }
  return written(file);
}

std::string placed(std::string const& pdf, std::vector<Placing> const& placings) {
  QPDF file;
  open(file, pdf);
  QPDFPageDocumentHelper pages(file);
  std::size_t next = 0;
  for (auto& page : pages.getAllPages()) {
    if (next == placings.size()) {
      pages.removePage(page);
      continue;
    }
    auto const& place = placings[next++];
    if (!place.is_turned && place.right == 0 && place.up == 0) continue;
    auto const paper = page.getMediaBox().getArrayAsRectangle();
    // The content is moved first, as its reader sees it, and turned with the page then.
    auto const turn = place.is_turned ? "-1 0 0 -1 " + QUtil::double_to_string(paper.llx + paper.urx) + " " +
                                            QUtil::double_to_string(paper.lly + paper.ury) + " cm "
                                      : std::string();
    auto const before = "q " + turn + "1 0 0 1 " + QUtil::double_to_string(place.right, 4) + " " +
                        QUtil::double_to_string(place.up, 4) + " cm\n";
    page.addPageContents(file.newStream(before), true);
    page.addPageContents(file.newStream("\nQ\n"), false);
  }
  return written(file);
}

std::string joined(std::vector<std::string> const& pdfs) {
  std::vector<std::unique_ptr<QPDF>> parts;  // their streams are read when the whole is written
  QPDF whole;
  whole.emptyPDF();
  QPDFPageDocumentHelper pages(whole);
  for (auto const& pdf : pdfs) {
    parts.push_back(std::make_unique<QPDF>());
    open(*parts.back(), pdf);
    for (auto& page : QPDFPageDocumentHelper(*parts.back()).getAllPages()) pages.addPage(page, false);
  }
  return written(whole);
}

std::string archived(std::string const& pdf, std::string const& profile, std::string const& profile_name,
                     SignatureField const& field) {
  QPDF file;
  open(file, pdf);
  auto root = file.getRoot();
  mark_as_archive(file, root);
  add_output_intent(file, root, profile, profile_name);
  for (auto& object : file.getAllObjects()) {
    if (object.isStream() && object.getDict().getKey("/Subtype").isNameAndEquals("/Image"))
      object.getDict().removeKey("/Interpolate");
    // What Cairo leaves out means this map; an archive wants it said.
    if (object.isDictionary() && object.getKey("/Subtype").isNameAndEquals("/CIDFontType2") &&
        object.getKey("/CIDToGIDMap").isNull())
      object.replaceKey("/CIDToGIDMap", QPDFObjectHandle::newName("/Identity"));
  }
  add_signature_field(file, root, field);
  QPDFWriter writer(file);
  writer.setOutputMemory();
  writer.setDeterministicID(true);
  writer.setObjectStreamMode(qpdf_o_disable);
  writer.setMinimumPDFVersion("1.7");
  writer.write();
  auto buffer = writer.getBufferSharedPointer();
  return std::string(reinterpret_cast<char const*>(buffer->getBuffer()), buffer->getSize());
}

std::vector<std::string> archive_defects(std::string const& pdf) {
  QPDF file;
  open(file, pdf);
  std::vector<std::string> defects;
  auto const check = [&](bool fine, char const* defect) {
    if (!fine) defects.emplace_back(defect);
  };
  auto root = file.getRoot();
  auto const metadata = root.getKey("/Metadata").isStream() ? text_of_stream(root.getKey("/Metadata")) : std::string();
  check(metadata.find("<pdfaid:part>2</pdfaid:part>") != std::string::npos &&
            metadata.find("<pdfaid:conformance>B</pdfaid:conformance>") != std::string::npos,
        "metadata: not identified as PDF/A-2b");
  check(!root.getKey("/Metadata").isStream() || root.getKey("/Metadata").getDict().getKey("/Filter").isNull(),
        "metadata: compressed");
  auto intents = root.getKey("/OutputIntents");
  check(intents.isArray() && intents.getArrayNItems() == 1 && intents.getArrayItem(0).getKey("/DestOutputProfile").isStream(),
        "output intent: there is none");
  check(!file.isEncrypted(), "encrypted");
  check(root.getKey("/OpenAction").isNull() && root.getKey("/AA").isNull(), "actions");
  check(file.getTrailer().getKey("/ID").isArray(), "trailer: no identifier");
  for (auto& object : file.getAllObjects()) check_archive_object(object, check);
  return defects;
}

std::vector<std::string> defects_of(std::string const& pdf) {
  QPDF file;
  std::vector<std::string> defects;
  try {
    open(file, pdf);
    QPDFWriter writer(file);
    writer.setOutputMemory();
    writer.setDecodeLevel(qpdf_dl_all);
    writer.write();
  } catch (std::exception const& failure) {  // the library tells a damaged file by exception
    defects.emplace_back(failure.what());
  }
  for (auto const& warning : file.getWarnings()) defects.emplace_back(warning.what());
  return defects;
}

}  // namespace rcms::pdf_objects
