// Sources of the signatures: ISO 32000-1 7.5.2 (PDF), ITU-T T.81 annex B (JPEG), W3C PNG 5.2, TIFF 6.0 section 2,
// FBI IAFIS-IC-0110 (WSQ), ISO/IEC 19794-2 clause 8.3 (FMR), NIST SP 500-290 (1.001), ECMA-376 part 2, MS-CFB 2.2.
#include "foundation/files/file_type.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "foundation/base/text.hpp"
#include "foundation/files/metadata.hpp"
#include "foundation/files/picture.hpp"

namespace rcms::files {

namespace {

struct TypeWords {
  FileType type;
  std::string_view name;
  std::string_view media_type;
  std::array<std::string_view, 3> extensions;
};

constexpr std::array<TypeWords, 8> types = {{
    {FileType::pdf, "pdf", "application/pdf", {".pdf"}},
    {FileType::jpeg, "jpeg", "image/jpeg", {".jpg", ".jpeg"}},
    {FileType::png, "png", "image/png", {".png"}},
    {FileType::tiff, "tiff", "image/tiff", {".tif", ".tiff"}},
    {FileType::wsq, "wsq", "image/x-wsq", {".wsq"}},
    {FileType::iso_fingerprint, "iso_fingerprint", "application/octet-stream", {".fmr", ".iso", ".ist"}},
    {FileType::nist, "nist", "application/octet-stream", {".nist", ".an2", ".eft"}},
    {FileType::plain_text, "plain_text", "text/plain; charset=utf-8", {".txt"}},
}};

TypeWords const& words_of(FileType type) { return types.at(static_cast<std::size_t>(type)); }

struct UnwantedWords {
  std::string_view name;
  std::string_view sentence;
};

constexpr std::array<UnwantedWords, 12> unwanted_words = {{
    {"empty", "The file is empty."},
    {"program", "The file is a program."},
    {"script", "The file is a script."},
    {"archive", "The file is an archive; unpack it and attach the files themselves."},
    {"html", "The file is an HTML page; print it to PDF."},
    {"svg", "The file is an SVG or XML file; save it as PNG or PDF."},
    {"office_macros", "The file is an office document with macros; save it as PDF."},
    {"office_document", "The file is an office document; save it as PDF."},
    {"other_picture", "The picture has a format that is not accepted; save it as JPEG or PNG."},
    {"active_text", "The text holds parts that a browser would run; save it as PDF."},
    {"damaged", "The file is damaged or incomplete."},
    {"unknown", "The file is of no accepted type: PDF, JPEG, PNG, TIFF, WSQ, NIST, ISO fingerprint template, plain text."},
}};

bool starts(std::string_view content, std::string_view with) { return content.substr(0, with.size()) == with; }

template <std::size_t size>
std::string_view raw(char const (&literal)[size]) {
  return {literal, size - 1};
}

bool is_office_archive(std::string_view content) {
  return content.find("[Content_Types].xml") != std::string_view::npos ||
         starts(content.substr(std::min<std::size_t>(content.size(), 30)), "mimetypeapplication/vnd.oasis");
}

std::optional<Unwanted> refused_signature(std::string_view content) {
  if (starts(content, "MZ") || starts(content, raw("\x7F" "ELF")) || starts(content, raw("\xCA\xFE\xBA\xBE")) ||
      starts(content, raw("\xCF\xFA\xED\xFE")) || starts(content, raw("\xCE\xFA\xED\xFE")) || starts(content, raw("\0asm")) ||
      starts(content, raw("L\0\0\0\x01\x14\x02\0"))) {
    return Unwanted::program;
  }
  if (starts(content, "#!")) return Unwanted::script;
  if (starts(content, raw("PK\x03\x04")) || starts(content, raw("PK\x05\x06"))) {
    if (!is_office_archive(content)) return Unwanted::archive;
    return content.find("vbaProject") != std::string_view::npos ? Unwanted::office_macros : Unwanted::office_document;
  }
  if (starts(content, raw("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"))) {
    bool const macros = content.find(raw("V\0B\0A\0")) != std::string_view::npos ||
                        content.find(raw("M\0a\0c\0r\0o\0s\0")) != std::string_view::npos;
    return macros ? Unwanted::office_macros : Unwanted::office_document;
  }
  if (starts(content, "{\\rtf")) return Unwanted::office_document;
  for (auto archive : {raw("Rar!"), raw("7z\xBC\xAF\x27\x1C"), raw("\x1F\x8B"), raw("BZh"),
                       raw("\xFD"
                           "7zXZ"),
                       raw("\x28\xB5\x2F\xFD"), raw("MSCF")}) {
    if (starts(content, archive)) return Unwanted::archive;
  }
  if (content.size() > 262 && content.substr(257, 5) == "ustar") return Unwanted::archive;
  for (auto picture : {raw("GIF8"), raw("BM"), raw("RIFF"), raw("8BPS"), raw("\0\0\x01\0")}) {
    if (starts(content, picture) && !is_utf8(content)) return Unwanted::other_picture;
  }
  if (content.size() > 12 && content.substr(4, 4) == "ftyp") return Unwanted::other_picture;  // HEIC, AVIF, video
  return std::nullopt;
}

std::optional<FileType> accepted_signature(std::string_view content) {
  if (starts(content, "%PDF-")) return FileType::pdf;
  if (starts(content, raw("\xFF\xD8\xFF"))) return FileType::jpeg;
  if (starts(content, raw("\x89PNG\r\n\x1A\n"))) return FileType::png;
  if (starts(content, raw("II*\0")) || starts(content, raw("MM\0*"))) return FileType::tiff;
  if (starts(content, raw("\xFF\xA0\xFF")) && content.size() > 4) return FileType::wsq;
  if (starts(content, raw("FMR\0"))) return FileType::iso_fingerprint;
  if (starts(content, "1.001:") || starts(content, "1.01:")) return FileType::nist;
  return std::nullopt;
}

std::uint32_t big_endian(std::string_view bytes) {
  std::uint32_t value = 0;
  for (char c : bytes) value = value << 8 | static_cast<std::uint8_t>(c);
  return value;
}

/// The end or the length that the format promises: a file cut off on its way is refused at once.
bool is_framed(FileType type, std::string_view content) {
  switch (type) {
    case FileType::pdf:
      return content.substr(content.size() - std::min<std::size_t>(content.size(), 2048)).find("%%EOF") != std::string_view::npos;
    case FileType::jpeg: return content.find(raw("\xFF\xD9")) != std::string_view::npos;
    case FileType::png: return content.find("IEND") != std::string_view::npos;
    case FileType::tiff: return content.size() > 14;
    case FileType::wsq: return content.find(raw("\xFF\xA1")) != std::string_view::npos;
    case FileType::iso_fingerprint:
      return content.size() >= 24 && (content.substr(4, 4) == raw(" 20\0") || content.substr(4, 3) == "030") &&
             big_endian(content.substr(8, 4)) == content.size();
    case FileType::nist: return content.find('\x1C') != std::string_view::npos;
    case FileType::plain_text: return true;
  }
  return false;
}

/// Text without tags that a browser might run when it guesses the type.
tl::expected<FileType, Unwanted> detect_text(std::string_view content) {
  if (!is_utf8(content)) return tl::unexpected(Unwanted::unknown);
  for (char c : content) {
    if (static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\r' && c != '\t' && c != '\f')
      return tl::unexpected(Unwanted::unknown);
  }
  auto const lower = lower_ascii(content);
  auto const first = lower.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
  auto const body = first == std::string::npos ? std::string_view() : std::string_view(lower).substr(first);
  if (body.empty()) return tl::unexpected(Unwanted::empty);
  if (starts(body, "#!")) return tl::unexpected(Unwanted::script);
  if (starts(body, "<svg") || starts(body, "<?xml") || lower.find("<svg") != std::string::npos)
    return tl::unexpected(Unwanted::svg);
  if (starts(body, "<!doctype") || starts(body, "<html") || starts(body, "<!--") || starts(body, "<head") ||
      starts(body, "<body")) {
    return tl::unexpected(Unwanted::html);
  }
  for (auto tag : {"<script", "<iframe", "<html", "<object", "<embed", "<img", "javascript:"}) {
    if (lower.find(tag) != std::string::npos) return tl::unexpected(Unwanted::active_text);
  }
  return FileType::plain_text;
}

tl::unexpected<Refused> refuse_unwanted(Unwanted unwanted) {
  return refuse(Why::unsupported_type, fmt::format("file.{}", name_of(unwanted)),
                std::string(unwanted_words.at(static_cast<std::size_t>(unwanted)).sentence));
}

}  // namespace

std::string_view name_of(FileType type) { return words_of(type).name; }
std::string_view media_type_of(FileType type) { return words_of(type).media_type; }
std::string_view extension_of(FileType type) { return words_of(type).extensions[0]; }
bool is_picture(FileType type) { return type == FileType::jpeg || type == FileType::png; }
std::string_view name_of(Unwanted unwanted) { return unwanted_words.at(static_cast<std::size_t>(unwanted)).name; }

std::optional<FileType> find_type(std::string_view name) {
  for (auto const& each : types) {
    if (each.name == name) return each.type;
  }
  return std::nullopt;
}

tl::expected<FileType, Unwanted> detect_type(std::span<std::uint8_t const> bytes) {
  auto const content = as_text(bytes);
  if (content.empty()) return tl::unexpected(Unwanted::empty);
  if (auto const type = accepted_signature(content)) {
    if (!is_framed(*type, content)) return tl::unexpected(Unwanted::damaged);
    return *type;
  }
  if (auto const unwanted = refused_signature(content)) return tl::unexpected(*unwanted);
  return detect_text(content);
}

Result<CheckedFile> check_file(std::string_view name, std::span<std::uint8_t const> content, FileLimits const& limits) {
  if (content.size() > limits.bytes) {
    return refuse(Why::too_large, "file",
                  fmt::format("The file has {} bytes; at most {} are accepted.", content.size(), limits.bytes));
  }
  auto const type = detect_type(content);
  if (!type) return refuse_unwanted(type.error());
  if (is_picture(*type)) {
    auto const picture = check_picture(*type, content, limits.pixels);
    if (!picture) return tl::unexpected(picture.error());
  } else if (*type == FileType::pdf) {
    auto const opens = check_pdf(content);
    if (!opens) return tl::unexpected(opens.error());
  }
  return CheckedFile{*type, safe_file_name(name, *type), content.size(), to_hex(sha256(content))};
}

std::string safe_file_name(std::string_view name, FileType type) {
  constexpr std::size_t longest = 150;
  auto const slash = name.find_last_of("/\\");
  if (slash != std::string_view::npos) name.remove_prefix(slash + 1);
  std::string clean;
  if (is_utf8(name)) {
    for (char c : name)
      clean += static_cast<unsigned char>(c) < 0x20 || c == 0x7F || std::string_view("<>:\"|?*").find(c) != std::string_view::npos
                   ? '_'
                   : c;
  }
  if (has_control_characters(clean)) clean.clear();  // bidirectional overrides disguise the extension
  clean = tidy_text(clean);
  while (!clean.empty() && (clean.front() == '.' || clean.front() == ' ')) clean.erase(0, 1);
  while (!clean.empty() && (clean.back() == '.' || clean.back() == ' ')) clean.pop_back();
  auto const lower = lower_ascii(clean);
  bool fits = false;
  for (auto extension : words_of(type).extensions) {
    fits = fits ||
           (!extension.empty() && lower.size() > extension.size() && lower.substr(lower.size() - extension.size()) == extension);
  }
  if (clean.empty()) clean = "file";
  if (fits && length_of(clean) <= longest) return clean;
  auto const dot = fits ? clean.rfind('.') : std::string::npos;
  return cut(std::string_view(clean).substr(0, dot), longest - 8) + std::string(fits ? clean.substr(dot) : extension_of(type));
}

}  // namespace rcms::files
