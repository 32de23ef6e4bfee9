// One description of a struct gives its JSON reader, its JSON writer, its OpenAPI schema and so its TypeScript type.
//
//   struct ReplyInput { ReplyKind kind; std::optional<Text<2000>> reason; };
//   RCMS_INPUT(ReplyInput, kind, reason)
//   struct ReplyView { std::string kind; Instant at; };
//   RCMS_VIEW(ReplyView, kind, at)
//
// Only a struct marked RCMS_VIEW can leave as JSON; an internal struct does not compile. Enums use BOOST_DESCRIBE_ENUM.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

#include <boost/describe.hpp>
#include <boost/json/value.hpp>

#include "foundation/base/date.hpp"
#include "foundation/base/ids.hpp"
#include "foundation/base/result.hpp"

namespace rcms::http {

template <class T>
struct IsView : std::false_type {};
template <class T>
struct IsInput : std::false_type {};

#define RCMS_VIEW(Type, ...)                  \
  BOOST_DESCRIBE_STRUCT(Type, (), (__VA_ARGS__)) \
  template <>                                 \
  struct rcms::http::IsView<Type> : std::true_type {};

#define RCMS_INPUT(Type, ...)                 \
  BOOST_DESCRIBE_STRUCT(Type, (), (__VA_ARGS__)) \
  template <>                                 \
  struct rcms::http::IsInput<Type> : std::true_type {};

/// Text of 1 to `Max` code points: tidied, no control characters. Line feeds only in TextBlock.
template <std::size_t Max>
struct Text {
  std::string value;
  friend bool operator==(Text const&, Text const&) = default;
};
template <std::size_t Max>
struct TextBlock {
  std::string value;
  friend bool operator==(TextBlock const&, TextBlock const&) = default;
};

/// Content whose shape is not a struct (form content, labels): passed as it is, size checked by the body limit.
using Json = boost::json::value;

}  // namespace rcms::http
