// One exchange with a web server through libcurl.
//
// The library is loaded for the exchange, not linked: it brings some thirty other libraries, which a program that talks to no
// server, as nearly every run does, would load before its first line.
#ifndef ZOO_CURL_H
#define ZOO_CURL_H
#include <stdint.h>

#define ZOO_CURL_MAX_ERROR 256  // bytes, as libcurl's own

typedef struct {
  const char *url;            // http or https
  const char *authorization;  // a field of HTTP, "Authorization: ..."; may be NULL
  const void *body;           // JSON that is posted; NULL asks with GET
  int64_t bytes;              // of the body
  int64_t timeout;            // milliseconds for all of it, from the look-up of the name to the last byte; 1 at least
} zoo_curl_request;

typedef struct {
  int64_t status;                  // HTTP's
  void *body;                      // freed by zoo_curl_free
  int64_t bytes;
  int has_timed_out;
  char error[ZOO_CURL_MAX_ERROR];  // why there is no answer
} zoo_curl_answer;

// 0 if the server has answered, whatever its status; else `error` says why not. Redirections are followed as RFC 9110 has it, but
// what was posted stays posted after 301 and 302. From libcurl 7.84 on it may be called from several threads at once.
int zoo_curl_exchange(const zoo_curl_request *request, zoo_curl_answer *answer);
void zoo_curl_free(zoo_curl_answer *answer);
#endif
