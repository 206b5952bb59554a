using System.Security.Cryptography;
using System.Text.Json;
using OpenData.Catalog;

namespace OpenData.Ingest.Publishing;

/// <summary>What dataset.json says about reading files, as a manifest keeps it.</summary>
internal static class Declarations
{
    /// <summary>Of a dataset that says nothing.</summary>
    public static string None { get; } = HashOf(new IngestDeclaration());

    /// <summary>
    /// The SHA-256 of what an agency declares; what a drop does to the rows before it, and may lose of them, is no part of it.
    /// </summary>
    public static string Of(DatasetMetadata? metadata) => metadata?.Ingest is { } declared ? HashOf(declared) : None;

    private static string HashOf(IngestDeclaration declaration) => Convert.ToHexStringLower(SHA256.HashData(
        JsonSerializer.SerializeToUtf8Bytes(
            declaration with { UpdateMode = UpdateMode.Replace, Repeat = false, MayLose = null }, OpenDataJson.Options)));
}
