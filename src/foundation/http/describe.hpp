// One description of a struct gives its JSON reader, its JSON writer, its OpenAPI schema and so its TypeScript type.
//
//   struct ReplyInput { ReplyKind kind; std::optional<Text<2000>> reason; };
//   RCMS_INPUT(ReplyInput, kind, reason)
//   struct ReplyView { std::string kind; Instant at; };
//   RCMS_VIEW(ReplyView, kind, at)
//
// The macros stand in the namespace of the struct. Only a struct marked RCMS_VIEW can leave as JSON; an internal struct does
// not compile. Enums use BOOST_DESCRIBE_ENUM. A trailing `_` of a member or enumerator is not part of its JSON name.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include <boost/describe.hpp>
#include <boost/json/value.hpp>
#include <boost/mp11/algorithm.hpp>

#include "foundation/base/date.hpp"
#include "foundation/base/ids.hpp"
#include "foundation/base/result.hpp"

#define RCMS_DESCRIBED(Type, ...)                \
  BOOST_DESCRIBE_STRUCT(Type, (), (__VA_ARGS__)) \
  [[maybe_unused]] constexpr std::string_view rcms_struct_name(Type const*) { return #Type; }

/// The struct can be sent.
#define RCMS_VIEW(Type, ...)        \
  RCMS_DESCRIBED(Type, __VA_ARGS__) \
  [[maybe_unused]] constexpr void rcms_view_mark(Type const*) {}

/// The struct can be received.
#define RCMS_INPUT(Type, ...)       \
  RCMS_DESCRIBED(Type, __VA_ARGS__) \
  [[maybe_unused]] constexpr void rcms_input_mark(Type const*) {}

/// The struct can be sent and received.
#define RCMS_VIEW_AND_INPUT(Type, ...)                           \
  RCMS_DESCRIBED(Type, __VA_ARGS__)                              \
  [[maybe_unused]] constexpr void rcms_view_mark(Type const*) {} \
  [[maybe_unused]] constexpr void rcms_input_mark(Type const*) {}

namespace rcms::http {

/// Text of 1 to `Max` code points on one line: tidied, no control characters.
template <std::size_t Max>
struct Text {
  std::string value;
  friend bool operator==(Text const&, Text const&) = default;
};
/// The same with line feeds; each line is tidied.
template <std::size_t Max>
struct TextBlock {
  std::string value;
  friend bool operator==(TextBlock const&, TextBlock const&) = default;
};
/// A list of at most `Max` elements; a plain std::vector is read up to 10,000.
template <class T, std::size_t Max>
struct List : std::vector<T> {
  using std::vector<T>::vector;
};

inline constexpr std::size_t list_limit = 10'000;
/// Code points of a plain std::string in an input.
inline constexpr std::size_t string_limit = 10'000;

/// Content whose shape is not a struct (form content, labels): passed as it is, size checked by the body limit.
using Json = boost::json::value;

template <class T>
concept View = requires(T const* value) { rcms_view_mark(value); };
template <class T>
concept Input = requires(T const* value) { rcms_input_mark(value); };

/// One page of a list. `next` is the cursor of the following page; `total` is left empty where counting is dear.
template <class T>
struct Page {
  std::vector<T> items;
  std::optional<std::string> next;
  std::optional<std::int64_t> total;
  BOOST_DESCRIBE_CLASS(Page, (), (items, next, total), (), ())
};
/// A short list that is always whole.
template <class T>
struct Items {
  std::vector<T> items;
  BOOST_DESCRIBE_CLASS(Items, (), (items), (), ())
};
template <class T>
constexpr void rcms_view_mark(Page<T> const*) {}
template <class T>
constexpr void rcms_view_mark(Items<T> const*) {}
template <class T>
std::string rcms_struct_name(Page<T> const*) {
  return std::string(rcms_struct_name(static_cast<T const*>(nullptr))) + "Page";
}
template <class T>
std::string rcms_struct_name(Items<T> const*) {
  return std::string(rcms_struct_name(static_cast<T const*>(nullptr))) + "Items";
}

namespace detail {

template <class T>
struct IsOptional : std::false_type {};
template <class T>
struct IsOptional<std::optional<T>> : std::true_type {};
/// Largest count read; zero when T is not a list.
template <class T>
struct ListMax : std::integral_constant<std::size_t, 0> {};
template <class T>
struct ListMax<std::vector<T>> : std::integral_constant<std::size_t, list_limit> {};
template <class T>
struct ListMax<std::set<T>> : std::integral_constant<std::size_t, list_limit> {};
template <class T>
struct ListMax<std::set<T, std::less<>>> : std::integral_constant<std::size_t, list_limit> {};
template <class T, std::size_t Max>
struct ListMax<List<T, Max>> : std::integral_constant<std::size_t, Max> {};
template <class T>
struct IsMap : std::false_type {};
template <class T, class Less>
struct IsMap<std::map<std::string, T, Less>> : std::true_type {};
template <class T>
struct IsId : std::false_type {};
template <class Tag>
struct IsId<Id<Tag>> : std::true_type {};
template <class T>
struct TextMax : std::integral_constant<std::size_t, 0> {};
template <std::size_t Max>
struct TextMax<Text<Max>> : std::integral_constant<std::size_t, Max> {};
template <class T>
struct BlockMax : std::integral_constant<std::size_t, 0> {};
template <std::size_t Max>
struct BlockMax<TextBlock<Max>> : std::integral_constant<std::size_t, Max> {};

constexpr std::string_view json_name(std::string_view name) {
  if (!name.empty() && name.back() == '_') name.remove_suffix(1);
  return name;
}

template <class T>
using Members = boost::describe::describe_members<T, boost::describe::mod_public>;

/// Calls `each(name, pointer to member)` in the order of the description.
template <class T, class Each>
void for_each_member(Each&& each) {
  boost::mp11::mp_for_each<Members<T>>([&](auto member) { each(json_name(member.name), member.pointer); });
}

template <class E>
std::vector<std::string_view> const& enum_names() {
  static std::vector<std::string_view> const names = [] {
    std::vector<std::string_view> all;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<E>>([&](auto one) { all.push_back(json_name(one.name)); });
    return all;
  }();
  return names;
}

}  // namespace detail

/// The snake name of an enumerator; empty when the value is none of them.
template <class E>
std::string_view enum_name(E value) {
  std::string_view found;
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<E>>([&](auto one) {
    if (one.value == value) found = detail::json_name(one.name);
  });
  return found;
}

template <class E>
std::optional<E> find_enum(std::string_view name) {
  std::optional<E> found;
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<E>>([&](auto one) {
    if (detail::json_name(one.name) == name) found = one.value;
  });
  return found;
}

}  // namespace rcms::http

#include "foundation/http/json_reader.hpp"
#include "foundation/http/json_schema.hpp"
#include "foundation/http/json_writer.hpp"
