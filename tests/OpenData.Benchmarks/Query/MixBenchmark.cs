using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;

namespace OpenData.Benchmarks.Query;

/// <summary>
/// <c>mix [minutes] [rows]</c>: 64 clients who each ask, read the answer and think for a second on average. Of their questions 94 % are
/// small, 4 % search a text in all rows and 2 % are slow; nothing is answered from the cache of results, as every question differs. Each of
/// the heavy classes is asked alone first, by the same clients at the same times, to see what of its rate the mix leaves. Then eight
/// connections ask nothing but whether points are in polygons of 499 points, beside one that asks for small things.
/// </summary>
internal static class MixBenchmark
{
    private const int Clients = 64, Polygons = 8;
    private const double SlowShare = 0.02, SearchShare = 0.04;
    private const string Datasets = "/api/explore/v2.1/catalog/datasets", Records = $"{Datasets}/{BenchmarkServer.Id}/records";
    private const string Places = $"{Datasets}/places@bench/records";

    private const string PlacesSql =
        "SELECT i AS id, 33 + hash(i) % 5000000 / 1000000 AS latitude, 126 + hash(i + 1) % 4000000 / 1000000 AS longitude "
        + "FROM range({rows}) t(i)";

    private enum Class
    {
        Small,
        Search,
        Slow,
    }

    public static async Task<int> RunAsync(string[] arguments)
    {
        var minutes = arguments is [var text, ..] ? double.Parse(text, CultureInfo.InvariantCulture) : 5;
        var rows = arguments is [_, var count, ..] ? long.Parse(count, CultureInfo.InvariantCulture) : 1_000_000;
        await using var server = await BenchmarkServer.StartAsync(rows, querySeconds: 30);
        await server.AddAsync("places@bench", rows, PlacesSql);
        Console.WriteLine(
            $"# {Clients} clients, {minutes} minutes, {rows:N0} rows, {Environment.ProcessorCount} processors, "
            + $"{DateTime.UtcNow:yyyy-MM-dd}\n");
        foreach (var address in new[] { Records, Places }) await server.AskAsync(address, 0, default);

        var alone = TimeSpan.FromMinutes(Math.Min(1, minutes));
        var rates = new Dictionary<Class, double>();
        foreach (var heavy in new[] { Class.Search, Class.Slow })
        {
            var answered = await AskAsync(server, alone, [heavy], seed: 1000 * (1 + (int)heavy));
            rates[heavy] = answered.Count(answer => answer.Status == HttpStatusCode.OK) / alone.TotalSeconds;
        }

        var over = TimeSpan.FromMinutes(minutes);
        var answers = await AskAsync(server, over, [Class.Small, Class.Search, Class.Slow], seed: 0);
        Print(answers, over, rates);
        await PolygonsAsync(server);
        return 0;
    }

    // As many clients ask at the same rate, whichever classes take part; what does not take part is left out, and no question is asked
    // twice, as the second answer would come from memory.
    private static async Task<ConcurrentBag<Answer>> AskAsync(
        BenchmarkServer server, TimeSpan duration, HashSet<Class> classes, int seed)
    {
        var answers = new ConcurrentBag<Answer>();
        using var over = new CancellationTokenSource(duration);
        await Task.WhenAll(Enumerable.Range(1, Clients).Select(client => Task.Run(async () =>
        {
            var random = new Random(seed + client);
            try
            {
                while (true)
                {
                    await Task.Delay(random.Next(2000), over.Token);
                    var roll = random.NextDouble();
                    var asked = roll < SlowShare ? Class.Slow : roll < SlowShare + SearchShare ? Class.Search : Class.Small;
                    var question = Question(asked, random);
                    if (classes.Contains(asked)) answers.Add(await AnswerAsync(server, asked, question, client, over.Token));
                }
            }
            catch (OperationCanceledException)
            {
                // The time is over.
            }
        })));
        return answers;
    }

    private static async Task<Answer> AnswerAsync(
        BenchmarkServer server, Class asked, string question, int client, CancellationToken cancellation)
    {
        var started = Stopwatch.GetTimestamp();
        var (status, retry) = await server.AskAsync(question, client, cancellation);
        return new Answer(asked, status, retry, Stopwatch.GetElapsedTime(started).TotalMilliseconds);
    }

    private static string Question(Class asked, Random random) => asked switch
    {
        Class.Search => random.Next(2) switch
        {
            0 => $"{Records}?where=search(note, \"{random.Next(5000)} station\")&limit=20",
            _ => $"{Records}?select=count(*) as n&where=note like \"{random.Next(5000)}*\"",
        },
        Class.Slow => random.Next(3) switch
        {
            0 => $"{Records}?select=count(distinct person) as n&where=amount > {random.Next(1000)}",
            1 => $"{Records}?select=region,category,avg(value) as v&group_by=region,category&where=id > {random.Next(1000)}&limit=100",
            _ => $"{Places}?where={Polygon(random, 50)}&limit=20",
        },
        _ => random.Next(5) switch
        {
            0 => $"{Datasets}?limit={1 + random.Next(100)}",
            1 => $"{Datasets}/{BenchmarkServer.Id}",
            2 => $"{Records}?limit=10&offset={random.Next(9000)}",
            3 => $"{Records}?where=id={random.Next(1_000_000)}",
            _ => $"{Places}?limit=20&offset={random.Next(9000)}",
        },
    };

    // A circle of so many points around a random place, as somebody draws one on a map.
    private static string Polygon(Random random, int corners)
    {
        var (x, y, r) = (126.5 + (random.NextDouble() * 3), 33.5 + (random.NextDouble() * 4), 0.3 + random.NextDouble());
        var points = Enumerable.Range(0, corners)
            .Select(i => FormattableString.Invariant(
                $"{x + (r * Math.Cos(i * Math.Tau / corners)):0.0000} {y + (r * Math.Sin(i * Math.Tau / corners)):0.0000}"))
            .ToList();
        return $"within(geo_point_2d, geom'POLYGON(({string.Join(',', points)},{points[0]}))')";
    }

    private static void Print(ConcurrentBag<Answer> answers, TimeSpan over, Dictionary<Class, double> alone)
    {
        Console.WriteLine("| class | answers a second | median ms | p99 ms | 503 with Retry-After | other failures | of its rate alone |");
        Console.WriteLine("| --- | --- | --- | --- | --- | --- | --- |");
        foreach (var group in answers.GroupBy(answer => answer.Asked).OrderBy(group => group.Key))
        {
            var good = group.Where(answer => answer.Status == HttpStatusCode.OK).Select(answer => answer.Milliseconds).Order().ToList();
            var busy = group.Count(answer => answer is { Status: HttpStatusCode.ServiceUnavailable, HasRetryAfter: true });
            var rate = good.Count / over.TotalSeconds;
            var share = alone.TryGetValue(group.Key, out var before) ? $"{rate / before:P0}" : "";
            Console.WriteLine(
                $"| {group.Key} | {rate:0.0} | {good[good.Count / 2]:0} | {good[(int)(good.Count * 0.99)]:0} | "
                + $"{(double)busy / group.Count():P2} | {group.Count() - good.Count - busy} | {share} |");
        }

        Console.WriteLine();
    }

    // Eight connections that ask for nothing but polygons, and one that asks for small things.
    private static async Task PolygonsAsync(BenchmarkServer server)
    {
        using var over = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var (record, catalog, polygons) = (new List<double>(), new List<double>(), 0);
        var many = Enumerable.Range(0, Polygons).Select(number => Task.Run(async () =>
        {
            var random = new Random(number);
            while (!over.IsCancellationRequested)
            {
                await server.AskAsync($"{Places}?where={Polygon(random, 499)}&select=count(*) as n", 100, default);
                Interlocked.Increment(ref polygons);
            }
        })).ToList();
        var other = new Random(1);
        while (!over.IsCancellationRequested)
        {
            record.Add(await TakesAsync($"{Records}?where=id={other.Next(1_000_000)}&limit=1"));
            catalog.Add(await TakesAsync($"{Datasets}?limit={1 + other.Next(100)}"));
        }

        await Task.WhenAll(many);
        Console.WriteLine($"Beside {Polygons} connections that ask for polygons of 499 points ({polygons} answers in 30 s):");
        Console.WriteLine($"one record {Median(record):0.0} ms median, the catalogue {Median(catalog):0.0} ms median.");

        async Task<double> TakesAsync(string question) =>
            (await AnswerAsync(server, Class.Small, question, 1, default)).Milliseconds;
    }

    private static double Median(List<double> times) => times.Order().ElementAt(times.Count / 2);

    private sealed record Answer(Class Asked, HttpStatusCode Status, bool HasRetryAfter, double Milliseconds);
}
