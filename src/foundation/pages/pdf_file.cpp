#include "foundation/pages/pdf_file.hpp"

#include <stdexcept>

#include <fmt/format.h>
#define POINTERHOLDER_TRANSITION 4  // qpdf with standard shared pointers
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFEFStreamObjectHelper.hh>
#include <qpdf/QPDFEmbeddedFileDocumentHelper.hh>
#include <qpdf/QPDFFileSpecObjectHelper.hh>
#include <qpdf/QPDFLogger.hh>
#include <qpdf/QPDFWriter.hh>

#include "foundation/pages/canvas.hpp"

namespace rcms {
namespace {

std::string escaped(std::string_view text) {
  std::string xml;
  for (char c : text) {
    if (c == '&') xml += "&amp;";
    else if (c == '<') xml += "&lt;";
    else if (c == '>') xml += "&gt;";
    else if (c == '"') xml += "&quot;";
    else if (static_cast<unsigned char>(c) >= 0x20) xml += c;
  }
  return xml;
}

/// Source: ISO 16684-1 (XMP), properties of Dublin Core and of PDF. No claim of PDF/A is made.
std::string xmp_of(DocumentInformation const& information) {
  auto created = information.created_at.text().substr(0, 19) + "Z";
  return fmt::format(
      "<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
      "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
      "<rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\""
      " xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\">\n"
      "<dc:format>application/pdf</dc:format>\n"
      "<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">{}</rdf:li></rdf:Alt></dc:title>\n"
      "<dc:creator><rdf:Seq><rdf:li>{}</rdf:li></rdf:Seq></dc:creator>\n"
      "<dc:description><rdf:Alt><rdf:li xml:lang=\"x-default\">{}</rdf:li></rdf:Alt></dc:description>\n"
      "<dc:language><rdf:Bag><rdf:li>{}</rdf:li></rdf:Bag></dc:language>\n"
      "<xmp:CreatorTool>RCMS</xmp:CreatorTool><xmp:CreateDate>{}</xmp:CreateDate><xmp:ModifyDate>{}</xmp:ModifyDate>\n"
      "</rdf:Description></rdf:RDF></x:xmpmeta>\n<?xpacket end=\"w\"?>",
      escaped(information.title), escaped(information.author), escaped(information.subject), escaped(information.language),
      created, created);
}

void open(QPDF& file, std::span<std::uint8_t const> bytes) {
  file.setSuppressWarnings(true);
  file.processMemoryFile("pdf", reinterpret_cast<char const*>(bytes.data()), bytes.size());
}

Bytes written(QPDF& file) {
  QPDFWriter writer(file);
  writer.setOutputMemory();
  writer.setDeterministicID(true);
  writer.setObjectStreamMode(qpdf_o_generate);
  writer.write();
  auto buffer = writer.getBufferSharedPointer();
  return Bytes(buffer->getBuffer(), buffer->getBuffer() + buffer->getSize());
}

}  // namespace

Bytes finish_pdf(Bytes const& pdf, DocumentInformation const& information) {
  QPDF file;
  open(file, pdf);
  auto root = file.getRoot();
  auto metadata = file.newStream(xmp_of(information));
  metadata.getDict().replaceKey("/Type", QPDFObjectHandle::newName("/Metadata"));
  metadata.getDict().replaceKey("/Subtype", QPDFObjectHandle::newName("/XML"));
  root.replaceKey("/Metadata", metadata);
  root.replaceKey("/Lang", QPDFObjectHandle::newUnicodeString(information.language));
  auto preferences = QPDFObjectHandle::newDictionary();
  preferences.replaceKey("/DisplayDocTitle", QPDFObjectHandle::newBool(true));
  if (information.language == "ar") preferences.replaceKey("/Direction", QPDFObjectHandle::newName("/R2L"));
  root.replaceKey("/ViewerPreferences", preferences);
  return written(file);
}

std::vector<std::string> check_pdf(std::span<std::uint8_t const> pdf) {
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

Result<Bytes> attach_to_pdf(Bytes const& pdf, std::vector<PdfAttachment> const& attachments, Instant created_at) {
  QPDF file;
  try {
    open(file, pdf);
  } catch (std::exception const& failure) {  // the library tells a damaged file by exception
    return refuse(Why::malformed, "pdf", failure.what());
  }
  auto stamp = created_at.text();
  auto date = "D:" + stamp.substr(0, 4) + stamp.substr(5, 2) + stamp.substr(8, 2) + stamp.substr(11, 2) + stamp.substr(14, 2) +
              stamp.substr(17, 2) + "Z";
  QPDFEmbeddedFileDocumentHelper files(file);
  for (auto const& attachment : attachments) {
    auto stream = QPDFEFStreamObjectHelper::createEFStream(file, std::string(as_text(attachment.content)));
    stream.setSubtype(attachment.type).setCreationDate(date).setModDate(date);
    auto spec = QPDFFileSpecObjectHelper::createFileSpec(file, attachment.name, stream);
    files.replaceEmbeddedFile(attachment.name, spec);
  }
  return written(file);
}

}  // namespace rcms
