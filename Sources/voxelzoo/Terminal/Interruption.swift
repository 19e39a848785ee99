import Synchronization

#if canImport(Glibc)
  @preconcurrency import Glibc
#else
  @preconcurrency import Musl
#endif

/// Lets work end in order when a person types Ctrl-C: the work asks now and then whether that has happened.
///
/// The second Ctrl-C ends the process at once.
struct Interruption {
  /// What shells expect of a command that Ctrl-C ended.
  static let exitCode: Int32 = 130

  /// From here on Ctrl-C is taken note of.
  init() {
    signal(SIGINT) { _ in
      wasInterrupted.store(true, ordering: .relaxed)
      signal(SIGINT, SIG_DFL)
    }
    // A parent may hand down a mask that holds the signal back, as threads of Dispatch do.
    var signals = sigset_t()
    sigemptyset(&signals)
    sigaddset(&signals, SIGINT)
    pthread_sigmask(SIG_UNBLOCK, &signals, nil)
  }

  /// Whether Ctrl-C was typed.
  var isRequested: Bool { wasInterrupted.load(ordering: .relaxed) }
}

/// A signal handler reaches nothing but globals. (Holding the signal back and asking for it is no way out: OpenBLAS has
/// threads of its own before `main` begins, and they would take it.)
private let wasInterrupted = Atomic(false)
