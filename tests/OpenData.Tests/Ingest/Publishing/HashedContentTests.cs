using System.Security.Cryptography;
using System.Text;
using OpenData.Ingest.Publishing;
using OpenData.Ingest.Records;

namespace OpenData.Tests.Ingest.Publishing;

[Trait("Category", "Unit")]
public sealed class HashedContentTests
{
    private static readonly byte[] Bytes = Encoding.UTF8.GetBytes("code,name\n1,a\n");

    [Fact]
    public async Task The_hash_is_taken_from_the_stream_that_is_read_to_its_end()
    {
        var source = new Counted();
        var content = new HashedContent(source);
        using (var part = content.Open()) Assert.Equal(3, part.Read(new byte[3]));
        await using (var whole = content.Open()) await whole.CopyToAsync(Stream.Null);

        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Bytes)), await content.Sha256Async(CancellationToken.None));
        Assert.Equal(2, source.Opened);
    }

    [Fact]
    public async Task What_nobody_read_to_its_end_is_read_once_for_the_hash()
    {
        var source = new Counted();
        var content = new HashedContent(source);

        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Bytes)), await content.Sha256Async(CancellationToken.None));
        Assert.Equal(1, source.Opened);
    }

    private sealed class Counted : SourceContent
    {
        public int Opened { get; private set; }

        public override string Name => "a.csv";

        public override long? Length => Bytes.Length;

        public override Stream Open()
        {
            Opened++;
            return new MemoryStream(Bytes);
        }
    }
}
