#define _GNU_SOURCE  // dlopen's RTLD_NODELETE
#include "zoo_curl.h"

#if !__has_include(<curl/curl.h>)
#error "libcurl is missing: apt-get install libcurl4-openssl-dev"
#endif
#define CURL_DISABLE_TYPECHECK  // options are set through a pointer
#include <curl/curl.h>
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
  void *library;
  __typeof__(curl_easy_init) *init;
  __typeof__(curl_easy_setopt) *set;
  __typeof__(curl_easy_perform) *perform;
  __typeof__(curl_easy_getinfo) *info;
  __typeof__(curl_easy_strerror) *text;
  __typeof__(curl_easy_cleanup) *cleanup;
  __typeof__(curl_slist_append) *append;
  __typeof__(curl_slist_free_all) *free_list;
} curl;

static int fail(zoo_curl_answer *answer, const char *text) {
  snprintf(answer->error, sizeof answer->error, "%s", text);
  return -1;
}

// Stays loaded once it is: TLS libraries leave handlers behind that run when the program ends.
static int load(curl *curl, zoo_curl_answer *answer) {
  const char *const names[] = {"libcurl.so.4", "libcurl-gnutls.so.4"};
  for (size_t i = 0; i < sizeof names / sizeof *names && !curl->library; i++)
    curl->library = dlopen(names[i], RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
  if (!curl->library) return fail(answer, "libcurl is missing: apt-get install libcurl4");
  curl->init = dlsym(curl->library, "curl_easy_init");
  curl->set = dlsym(curl->library, "curl_easy_setopt");
  curl->perform = dlsym(curl->library, "curl_easy_perform");
  curl->info = dlsym(curl->library, "curl_easy_getinfo");
  curl->text = dlsym(curl->library, "curl_easy_strerror");
  curl->cleanup = dlsym(curl->library, "curl_easy_cleanup");
  curl->append = dlsym(curl->library, "curl_slist_append");
  curl->free_list = dlsym(curl->library, "curl_slist_free_all");
  if (curl->init && curl->set && curl->perform && curl->info && curl->text && curl->cleanup && curl->append &&
      curl->free_list)
    return 0;
  return fail(answer, "libcurl lacks a function of its version 7");
}

// Less than it was given ends the exchange.
static size_t take(char *bytes, size_t one, size_t count, void *into) {
  zoo_curl_answer *answer = into;
  if (count == 0) return 0;
  void *body = realloc(answer->body, (size_t)answer->bytes + count);
  if (!body) return 0;
  memcpy((char *)body + answer->bytes, bytes, count);
  answer->body = body;
  answer->bytes += (int64_t)count;
  return one * count;
}

static int exchange(const curl *curl, CURL *handle, const zoo_curl_request *request, zoo_curl_answer *answer) {
  // Beside a GET the type says nothing: one list for both.
  struct curl_slist *fields = curl->append(NULL, "Content-Type: application/json");
  if (!fields || (request->authorization && !curl->append(fields, request->authorization))) {
    curl->free_list(fields);
    return fail(answer, "no memory");
  }
  curl->set(handle, CURLOPT_ERRORBUFFER, answer->error);
  curl->set(handle, CURLOPT_NOSIGNAL, 1L);  // else time-outs of look-ups are signals, which threads share
  curl->set(handle, CURLOPT_URL, request->url);
  curl->set(handle, CURLOPT_HTTPHEADER, fields);
  curl->set(handle, CURLOPT_TIMEOUT_MS, (long)request->timeout);
  curl->set(handle, CURLOPT_FOLLOWLOCATION, 1L);
  curl->set(handle, CURLOPT_MAXREDIRS, 5L);
  curl->set(handle, CURLOPT_POSTREDIR, (long)(CURL_REDIR_POST_301 | CURL_REDIR_POST_302));
#if LIBCURL_VERSION_NUM >= 0x075500
  curl->set(handle, CURLOPT_PROTOCOLS_STR, "http,https");
  curl->set(handle, CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
#endif
#if LIBCURL_VERSION_NUM >= 0x075700
  curl->set(handle, CURLOPT_QUICK_EXIT, 1L);  // does not wait for a look-up that takes longer
#endif
  curl->set(handle, CURLOPT_WRITEFUNCTION, take);
  curl->set(handle, CURLOPT_WRITEDATA, answer);
  if (request->body) {
    curl->set(handle, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)request->bytes);
    curl->set(handle, CURLOPT_POSTFIELDS, request->body);
  }
  CURLcode code = curl->perform(handle);
  curl->free_list(fields);
  if (code != CURLE_OK) {
    answer->has_timed_out = code == CURLE_OPERATION_TIMEDOUT;
    return answer->error[0] ? -1 : fail(answer, curl->text(code));
  }
  long status = 0;
  curl->info(handle, CURLINFO_RESPONSE_CODE, &status);
  answer->status = status;
  return 0;
}

int zoo_curl_exchange(const zoo_curl_request *request, zoo_curl_answer *answer) {
  *answer = (zoo_curl_answer){0};
  curl curl = {0};
  int result = load(&curl, answer);
  CURL *handle = result == 0 ? curl.init() : NULL;
  if (handle) {
    result = exchange(&curl, handle, request, answer);
    curl.cleanup(handle);
  } else if (result == 0) {
    result = fail(answer, "libcurl cannot start");
  }
  if (curl.library) dlclose(curl.library);
  return result;
}

void zoo_curl_free(zoo_curl_answer *answer) {
  free(answer->body);
  answer->body = NULL;
}
