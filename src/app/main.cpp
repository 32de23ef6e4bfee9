// The program: everything it does is in cli.cpp and what that names.
#include "app/cli.hpp"

int main(int count, char** words) { return rcms::app::run_command_line(count, words); }
