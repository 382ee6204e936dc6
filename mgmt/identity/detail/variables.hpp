/// Reading variables, and saying which are missing.
#pragma once
#include "akv/mgmt/identity/credential.hpp"
#include "akv/mgmt/identity/credential_options.hpp"
#include "akv/mgmt/identity/environment.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace akv::identity::detail {

/// Empty when it is not set.
std::string value_of(const EnvironmentLookup& environment, std::string_view name);
/// `given`, or the variable where that is empty.
std::string given_or(const std::string& given, const EnvironmentLookup& environment,
                     std::string_view name);
/// The options, where they say nothing, as the variables say that all credentials heed:
/// AZURE_AUTHORITY_HOST (with or without `https://`), AZURE_REGIONAL_AUTHORITY_NAME,
/// AZURE_ADDITIONALLY_ALLOWED_TENANTS, AZURE_IDENTITY_DISABLE_MULTITENANTAUTH. What a program says
/// counts more than its surroundings. Once only: the result has read_variables off, so that what is
/// made of it looks nowhere else.
CredentialOptions with_variables(CredentialOptions options, const EnvironmentLookup& environment);
/// The same by the variables of the options' own environment. Whoever makes a credential calls one
/// of the two, for no other part of it reads a variable or knows the public cloud's authority.
CredentialOptions with_variables(CredentialOptions options);
/// The request; for the credential's own tenant, where others are switched off.
TokenRequest for_tenant(TokenRequest request, bool own_tenant_only);
/// The names whose value is empty, as a sentence: `A, B and C are not set`; empty for none.
std::string missing(const std::vector<std::pair<std::string_view, std::string_view>>& values);

}  // namespace akv::identity::detail
