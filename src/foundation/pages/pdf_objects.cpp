#include "foundation/pages/pdf_objects.hpp"

#include <exception>
#include <memory>

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
