#include "foundation/pages/pdf_file.hpp"

#include <exception>

#include <fmt/format.h>

#include "foundation/pages/canvas.hpp"
#include "foundation/pages/pdf_objects.hpp"

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

Bytes bytes_of(std::string const& text) { return Bytes(text.begin(), text.end()); }

}  // namespace

Bytes finish_pdf(Bytes const& pdf, DocumentInformation const& information) {
  return bytes_of(pdf_objects::with_metadata(std::string(as_text(pdf)), xmp_of(information), information.language));
}

std::vector<std::string> check_pdf(std::span<std::uint8_t const> pdf) {
  return pdf_objects::defects_of(std::string(as_text(pdf)));
}

Result<Bytes> attach_to_pdf(Bytes const& pdf, std::vector<PdfAttachment> const& attachments, Instant created_at) {
  auto stamp = created_at.text();
  std::string date = "D:";
  for (char c : stamp.substr(0, 19)) {
    if (c >= '0' && c <= '9') date += c;
  }
  std::vector<pdf_objects::File> files;
  for (auto const& attachment : attachments)
    files.push_back({attachment.name, attachment.type, std::string(as_text(attachment.content))});
  try {
    return bytes_of(pdf_objects::with_files(std::string(as_text(pdf)), files, date + "Z"));
  } catch (std::exception const& failure) {  // the library tells a damaged file by exception
    return refuse(Why::malformed, "pdf", failure.what());
  }
}

}  // namespace rcms
