/// Work that goes on after its request was answered, and ends by the clock.
#pragma once
#include "akv/emulator/service.hpp"

#include <string>

namespace akv::emulator {

/// Stores a job that will be done after the options' delay, or another. Returns its token.
std::string start_job(const Call& call, JobKind kind, std::string_view subject);
std::string start_job(const Call& call, JobKind kind, std::string_view subject,
                      std::chrono::milliseconds delay);

/// `{"createdDateTime":…,"status":…}`: what Key Vault says of its jobs.
json::Document job_status(const Job& job);
/// Throws Refusal, 500, where it is one that failed.
void refuse_failed(const Job& job);
/// Gives the answer a body.
void set_body(http::Response& response, const json::Document& body);

/// 202 with where to poll (a path on this host, `?` and more may follow) and when.
http::Response job_accepted(const Call& call, JobKind kind, const std::string& path);

/// The job that the path's `{token}` names, if it is of that kind and subscription.
Job job_of(const Call& call, JobKind kind);

}  // namespace akv::emulator
