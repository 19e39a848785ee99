internal import CMD

extension Files {
  /// SHA-256 of a file's bytes in 64 hexadecimal digits, as `sha256sum` prints it.
  public static func sha256(of path: String) throws -> String { sha256(of: try read(path)) }

  /// SHA-256 of bytes in 64 hexadecimal digits.
  public static func sha256(of bytes: [UInt8]) -> String {
    var context = SHA2_CTX()
    SHA256Init(&context)
    bytes.withUnsafeBufferPointer { SHA256Update(&context, $0.baseAddress, $0.count) }
    var digest = [UInt8](repeating: 0, count: Int(SHA256_DIGEST_LENGTH))
    SHA256Final(&digest, &context)
    let digits = Array("0123456789abcdef")
    return String(digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
  }
}
