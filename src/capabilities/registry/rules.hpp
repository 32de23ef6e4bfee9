// By what a query searches the registry and how much a citizen agrees with it. Pure.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "capabilities/registry/citizen.hpp"
#include "foundation/base/result.hpp"

namespace rcms::registry {

/// Candidates of an answer.
inline constexpr std::size_t most_candidates = 20;

/// The query in the form in which the registry is searched.
struct SearchKeys {
  std::string given;        ///< search form of all given names
  std::string given_start;  ///< see `start_of`
  std::string surname1;
  std::string surname2;
  std::string document;  ///< letters and digits only
  std::string birth;     ///< `yyyy-mm-dd` when the day is known
  int birth_year = 0;    ///< 0 when not known
};

/// Splits "De la Cruz Hernández" into its first and second surname; particles stay with the word that they precede.
std::pair<std::string, std::string> split_surnames(std::string const& surnames);
/// The first three letters of a search form: the part of a given name that an index knows.
std::string start_of(std::string const& search_form_of_given);
/// Letters and digits of a document number in upper case.
std::string document_form(std::string const& document);

SearchKeys keys_of(CitizenQuery const& query);

/// What makes a query too poor to be searched, or malformed. A query needs a document number, or a surname with a given
/// name, a second surname or a birth date, or a birth date with a given name.
Findings check_query(CitizenQuery const& query);

/// Compares component by component. Points are chosen so that no single weak component decides; they are no probability.
Candidate compare(CitizenQuery const& query, Citizen const& citizen);

/// The best `most_candidates` of `citizens`, by points, then name, then id; those with no points at all are left out.
std::vector<Candidate> rank(CitizenQuery const& query, std::vector<Citizen> const& citizens);

}  // namespace rcms::registry
