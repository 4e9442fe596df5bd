namespace BudgetSync.LocalAws.S3;

/// <summary>One version of an object.</summary>
/// <param name="VersionId"><c>null</c>, the word, where the bucket keeps no versions.</param>
/// <param name="ETag">The MD5 sum in hex, without quotation marks.</param>
/// <param name="Crc32">In base64, as it came; null where the sender gave none.</param>
public sealed record StoredObject(string Key, string VersionId, ReadOnlyMemory<byte> Body, string ContentType, string ETag, string? Crc32, DateTimeOffset At);
