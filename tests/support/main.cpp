// The one translation unit with Boost.Test's runner; every layer's executable links it.
#define BOOST_TEST_MODULE akv
#include <boost/test/unit_test.hpp>
