// The invitation to an interview: when, where, in which language, and what rights the person has.
#pragma once

#include <string>
#include <vector>

#include "capabilities/case_files/context.hpp"
#include "capabilities/interviews/appointment.hpp"
#include "capabilities/interviews/rights.hpp"

namespace rcms::interviews {

/// The language of our texts that serves a person who reads `wanted`: itself, or the first language of the State of origin.
std::string text_language(case_files::Context const& context, case_files::CaseFile const& file, std::string const& wanted);

/// One or two pages A4. In a language that we have no texts of, it says so: it is then read to the person by an interpreter.
/// Throws std::runtime_error when the PDF cannot be drawn.
Bytes render_invitation(case_files::Context const& context, std::vector<Right> const& rights, case_files::CaseFile const& file,
                        Appointment const& appointment, std::string const& language);

}  // namespace rcms::interviews
