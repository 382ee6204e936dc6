/// `${name}`, `${env:NAME}`, `${env:NAME:-default}`, `${unique:N}` and `$$` in the texts of a
/// manifest.
#pragma once
#include "akv/provision/manifest/diagnostics.hpp"

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace akv::manifest {

/// The values that parameters have after `--values` and `--set`; nullopt where a mistake was
/// reported already, so that its uses are not reported again.
using ParameterValues = std::map<std::string, std::optional<std::string>, std::less<>>;

/// The values that the variables of one `forEach` have in one of its combinations.
struct Loop {
  struct Variable {
    std::string name;
    std::optional<std::string> value{};  ///< Nullopt: faulty, which is reported.
    engine::Place place{};               ///< Of the name.
  };
  std::vector<Variable> variables;
  const Loop* outer = nullptr;  ///< Of the group around the vault; outlives this.
  bool names_known = true;      ///< False: unknown parameters are not reported within.
};

/// What a text may refer to at the place where it stands.
struct Scope {
  const ParameterValues* parameters = nullptr;  ///< Null: none may be used here.
  /// `subscription/group`, for `${unique:N}`; empty outside a resource group.
  std::string_view unique_in{};  // Lives as long as the scope.
  const Loop* loop = nullptr;    ///< The same.
};

/// Which variables a manifest may read: `AKV_*`, `AZURE_SUBSCRIPTION_ID`, `AZURE_TENANT_ID` and
/// those in `allowed`. A manifest from a pull request must not print a pipeline's secrets.
struct Variables {
  std::function<std::optional<std::string>(std::string_view)> look_up;
  std::vector<std::string> allowed;
  bool may_read(std::string_view name) const;
};

class Interpolator {
 public:
  /// `names_complete` false: a file could not be read, so unknown parameters are not reported.
  /// `diagnostics` outlives the interpolator.
  Interpolator(Variables variables, bool names_complete, Diagnostics& diagnostics)
      : variables_(std::move(variables)),
        names_complete_(names_complete),
        diagnostics_(diagnostics) {}

  /// The text with everything filled in, once; what is filled in is not looked at again. Nullopt
  /// after a mistake, which is reported at `place`.
  std::optional<std::string> expand(std::string_view text, engine::Place place, const Scope& scope);

  /// Whether any text so far used `${unique:N}`; for those who keep what they resolved.
  bool used_unique() const { return used_unique_; }
  void forget_unique() { used_unique_ = false; }

 private:
  std::optional<std::string> value_of(std::string_view reference, engine::Place place,
                                      const Scope& scope);
  std::optional<std::string> variable(std::string_view reference, engine::Place place);
  std::optional<std::string> unique(std::string_view digits, engine::Place place,
                                    const Scope& scope);
  std::optional<std::string> parameter(std::string_view name, engine::Place place,
                                       const Scope& scope);

  Variables variables_;
  bool names_complete_;
  Diagnostics& diagnostics_;
  bool used_unique_ = false;
};

/// First `digits` (1 to 32) hex digits of SHA-256 over `subscription/group` in lower case: the same
/// on every machine and in every version of akv.
std::string unique_digits(std::string_view subscription_and_group, std::size_t digits);

}  // namespace akv::manifest
