using OpenData.Query;
using OpenData.Query.Compilation;

namespace OpenData.Tests.Query;

[Trait("Category", "Unit")]
public class ResultCacheTests
{
    [Fact]
    public void Pages_are_found_until_others_were_used_more_recently_and_the_bound_is_kept()
    {
        var cache = new ResultCache(20_000);
        foreach (var key in "abcdefgh") cache.Add(key.ToString(), Page(1_500));

        Assert.NotNull(cache.Find("a"));
        foreach (var key in "ijk") cache.Add(key.ToString(), Page(1_500));

        Assert.NotNull(cache.Find("a"));
        Assert.Null(cache.Find("b"));
        Assert.InRange(cache.Bytes, 1, 20_000);
    }

    [Fact]
    public void A_page_that_would_fill_an_eighth_of_the_cache_is_not_kept()
    {
        var cache = new ResultCache(20_000);

        cache.Add("large", Page(2_500));

        Assert.Null(cache.Find("large"));
        Assert.Equal(0, cache.Bytes);
    }

    private static RecordPage Page(int bytes) => new(null, 1, new byte[bytes], new Footprint([], [], null));
}
