using System.Security.Cryptography;
using System.Text;
using OpenData.Lake;

namespace OpenData.Ingest.Protecting;

/// <summary>The keys with which pseudonyms are made.</summary>
internal static class Pseudonyms
{
    /// <summary>A dataset's key, from which neither the secret nor another dataset's key follows; null if no secret is set.</summary>
    public static byte[]? KeyOf(DatasetId id, string? secret) => string.IsNullOrEmpty(secret)
        ? null
        : HKDF.DeriveKey(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret), outputLength: 32,
            info: Encoding.UTF8.GetBytes($"pseudonyms {id}"));
}
