// A sealed envelope as the database keeps it: one JSON text.
#pragma once

#include <string>

#include <boost/json.hpp>

#include "capabilities/exchange/envelope.hpp"

namespace rcms::exchange {

inline std::string stored_text(SealedEnvelope const& sealed) {
  return boost::json::serialize(
      boost::json::object{{"text", sealed.text}, {"hash", sealed.hash}, {"signature", sealed.signature}});
}

inline SealedEnvelope read_stored(std::string const& text) {
  auto const value = boost::json::parse(text);
  auto const& sealed = value.as_object();
  return {std::string(sealed.at("text").as_string()), std::string(sealed.at("hash").as_string()),
          std::string(sealed.at("signature").as_string())};
}

}  // namespace rcms::exchange
