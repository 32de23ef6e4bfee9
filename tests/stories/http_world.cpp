// under way
