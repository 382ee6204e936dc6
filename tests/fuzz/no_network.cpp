// The one thing that the fuzzed sources want of the network. No fuzzer comes to it.
#include "akv/mgmt/http/cpprest_transport.hpp"

#include <cstdlib>

namespace akv::http {

std::shared_ptr<Transport> make_cpprest_transport(CpprestOptions) { std::abort(); }

}  // namespace akv::http
