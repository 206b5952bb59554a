using NetArchTest.Rules;
using OpenData.Lake;

namespace OpenData.Tests;

/// <summary>Imports run down the house and never back.</summary>
public class HouseTests
{
    private static readonly string[] Rooms = ["Lake", "Catalog", "Ingest", "Query", "Usage", "Demand", "Planning"];

    [Theory]
    [InlineData("Lake", "")]
    [InlineData("Catalog", "Lake")]
    [InlineData("Ingest", "Catalog Lake")]
    [InlineData("Query", "Catalog Lake")]
    [InlineData("Usage", "Catalog Lake")]
    [InlineData("Demand", "Usage Catalog Lake")]
    [InlineData("Planning", "Demand Usage Catalog Lake")]
    public void A_room_of_Core_knows_only_the_rooms_below_it(string room, string below)
    {
        var forbidden = Rooms.Except([room, .. below.Split(' ')]).Select(name => $"OpenData.{name}").ToArray();

        var result = Types.InAssembly(typeof(Storage).Assembly)
            .That().ResideInNamespaceStartingWith($"OpenData.{room}")
            .ShouldNot().HaveDependencyOnAny(forbidden)
            .GetResult();

        Assert.True(result.IsSuccessful, $"{room} must not know {string.Join(", ", result.FailingTypeNames ?? [])}'s imports of {string.Join(", ", forbidden)}");
    }

    [Fact]
    public void Core_knows_neither_ASP_NET_nor_Functions()
    {
        var result = Types.InAssembly(typeof(Storage).Assembly)
            .ShouldNot().HaveDependencyOnAny("Microsoft.AspNetCore", "Microsoft.Azure.Functions", "OpenData.Api")
            .GetResult();

        Assert.True(result.IsSuccessful, string.Join(", ", result.FailingTypeNames ?? []));
    }
}
