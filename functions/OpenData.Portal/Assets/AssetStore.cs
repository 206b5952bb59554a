using System.Collections.Frozen;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace OpenData.Portal.Assets;

/// <summary>
/// The static files of the pages, held in memory. An address has a hash of the file's content in it, so that caches keep a file for ever
/// and a new release is seen at once.
/// </summary>
internal sealed partial class AssetStore
{
    private const string Resources = "OpenData.Portal/assets/";

    private static readonly Dictionary<string, string> MediaTypes = new(StringComparer.Ordinal)
    {
        [".css"] = "text/css; charset=utf-8",
        [".svg"] = "image/svg+xml",
        [".woff2"] = "font/woff2",
    };

    private readonly FrozenDictionary<string, Asset> _byAddress;
    private readonly FrozenDictionary<string, string> _addresses;

    /// <summary>Reads the files of this assembly.</summary>
    public AssetStore()
    {
        var names = typeof(AssetStore).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Resources, StringComparison.Ordinal))
            .Select(name => name[Resources.Length..])
            .OrderBy(name => name.EndsWith(".css", StringComparison.Ordinal)); // style sheets name the other files
        var assets = new Dictionary<string, Asset>(StringComparer.Ordinal);
        var addresses = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in names)
        {
            var content = Read(name);
            var extension = Path.GetExtension(name);
            if (extension == ".css") content = Minify(content, addresses);
            var hash = Convert.ToHexStringLower(SHA256.HashData(content), 0, 6);
            var address = $"{Path.GetFileNameWithoutExtension(name)}.{hash}{extension}";
            addresses[name] = address;
            assets[address] = new Asset(content, extension is ".woff2" ? null : new(() => Compress(content)), MediaTypes[extension]);
        }

        _byAddress = assets.ToFrozenDictionary(StringComparer.Ordinal);
        _addresses = addresses.ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>The last segment of a file's address, such as <c>portal.1f2e3d4c5b6a.css</c>.</summary>
    /// <param name="name">The file's name, such as <c>portal.css</c>.</param>
    public string AddressOf(string name) => _addresses[name];

    /// <summary>A file by the last segment of its address; null if there is none.</summary>
    public Asset? Find(string address) => _byAddress.GetValueOrDefault(address);

    private static byte[] Read(string name)
    {
        using var stream = typeof(AssetStore).Assembly.GetManifestResourceStream(Resources + name)!;
        using var content = new MemoryStream();
        stream.CopyTo(content);
        return content.ToArray();
    }

    // Comments, line breaks and indents; and the names of other files become their addresses.
    private static byte[] Minify(byte[] css, Dictionary<string, string> addresses)
    {
        var text = Comments().Replace(Encoding.UTF8.GetString(css), "");
        text = Spaces().Replace(text, " ");
        foreach (var (name, address) in addresses) text = text.Replace($"url({name})", $"url({address})", StringComparison.Ordinal);
        return Encoding.UTF8.GetBytes(text.Trim());
    }

    private static byte[] Compress(byte[] content)
    {
        using var compressed = new MemoryStream();
        using (var brotli = new BrotliStream(compressed, CompressionLevel.SmallestSize)) brotli.Write(content);
        return compressed.ToArray();
    }

    [GeneratedRegex(@"/\*.*?\*/", RegexOptions.Singleline)]
    private static partial Regex Comments();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}

/// <summary>A static file.</summary>
/// <param name="Content">Its bytes.</param>
/// <param name="Brotli">The same compressed with Brotli, once somebody asks for it; null if it is compressed in itself.</param>
/// <param name="MediaType">Its media type.</param>
internal sealed record Asset(byte[] Content, Lazy<byte[]>? Brotli, string MediaType);
