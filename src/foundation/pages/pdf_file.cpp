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

/// What `change` writes. The library tells a damaged file by exception.
template <class Change>
Result<Bytes> changed_by(Change const& change) {
  try {
    return bytes_of(change());
  } catch (std::exception const& failure) {
    return refuse(Why::malformed, "pdf", failure.what());
  }
}

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
  return changed_by([&] { return pdf_objects::with_files(std::string(as_text(pdf)), files, date + "Z"); });
}

Result<Bytes> place_pages(Bytes const& pdf, std::vector<PagePlacing> const& placings) {
  constexpr double points_per_mm = 72 / 25.4;
  std::vector<pdf_objects::Placing> places;
  for (auto const& placing : placings)
    places.push_back({placing.right_mm * points_per_mm, -placing.down_mm * points_per_mm, placing.is_turned});
  return changed_by([&] { return pdf_objects::placed(std::string(as_text(pdf)), places); });
}

Result<Bytes> join_pdfs(std::vector<Bytes> const& pdfs) {
  std::vector<std::string> parts;
  for (auto const& pdf : pdfs) parts.emplace_back(as_text(pdf));
  return changed_by([&] { return pdf_objects::joined(parts); });
}

}  // namespace rcms
