// The objects inside a PDF, over qpdf; plain text types only, because this file's .cpp is C++17: clang 14 cannot read the
// headers of qpdf 11.3 as C++20. Only for the files of this folder.
#pragma once

#include <string>
#include <vector>

namespace rcms::pdf_objects {

struct File {
  std::string name;
  std::string type;
  std::string content;
};

/// All throw std::runtime_error when `pdf` is no PDF.
std::string with_metadata(std::string const& pdf, std::string const& xmp, std::string const& language);
/// `date` as PDF writes it: "D:20310101000000Z".
std::string with_files(std::string const& pdf, std::vector<File> const& files, std::string const& date);
/// How the content of a page is moved, in points: right, up, turned by 180° about the middle of the page first.
struct Placing {
  double right = 0;
  double up = 0;
  bool is_turned = false;
};
/// Page by page as `placings` says; further pages are left out.
std::string placed(std::string const& pdf, std::vector<Placing> const& placings);
/// All pages of all files, in this order.
std::string joined(std::vector<std::string> const& pdfs);
struct SignatureField {
  std::string signer;
  std::string reason;
  std::string location;
  std::string date;  ///< as PDF writes it
  std::size_t bytes_at_most = 0;
};
/// Marked as PDF/A-2b, with the profile of its colours and a field whose signature is zeros.
std::string archived(std::string const& pdf, std::string const& profile, std::string const& profile_name,
                     SignatureField const& field);
std::vector<std::string> archive_defects(std::string const& pdf);
std::vector<std::string> defects_of(std::string const& pdf);

}  // namespace rcms::pdf_objects
