using System.Net;
using Microsoft.AspNetCore.Http;
using OpenData.Api.Pipeline;

namespace OpenData.Tests.Api;

/// <summary>A caller is told by a key or by the address that the last trusted proxy saw, never by anything that it may choose.</summary>
[Trait("Category", "Unit")]
public class CallerTests
{
    private const string Door = "5d1b7e0a-3c5f-4f0e-9a53-0d6c2b1f8e77";

    [Theory]
    [InlineData("198.51.100.7", null, "198.51.100.7")]
    [InlineData("198.51.100.7", "203.0.113.9", "198.51.100.7")] // the header of a caller that is no proxy of ours
    [InlineData("127.0.0.1", "198.51.100.7:4711", "198.51.100.7")] // behind a proxy on this machine
    [InlineData("::1", "203.0.113.9, 198.51.100.7", "198.51.100.7")]
    [InlineData("127.0.0.1", "203.0.113.9, [2001:db8:0:7:aaaa::7]:443", "2001:db8:0:7::/64")]
    [InlineData("127.0.0.1", "nonsense", "127.0.0.1")]
    [InlineData("2001:db8:0:7:1:2:3:4", null, "2001:db8:0:7::/64")]
    [InlineData("::ffff:198.51.100.7", null, "198.51.100.7")]
    [InlineData("127.0.0.1", null, "127.0.0.1")]
    public void Where_callers_connect_themselves_the_address_is_the_one_that_the_last_proxy_saw(
        string connection, string? forwarded, string expected)
    {
        var context = Request(connection, ("X-Forwarded-For", forwarded), ("X-Azure-FDID", Door), ("X-Azure-SocketIP", "192.0.2.1"));

        Assert.Equal((CallerKind.Address, expected), Identify(context, new OpenDataSettings(), fromConnection: true));
    }

    [Theory]
    [InlineData(Door, "198.51.100.7", CallerKind.Address, "198.51.100.7")]
    [InlineData(Door, "2001:db8:0:7:1:2:3:4", CallerKind.Address, "2001:db8:0:7::/64")]
    [InlineData("another", "198.51.100.7", CallerKind.Unidentified, "unidentified")]
    [InlineData(null, "198.51.100.7", CallerKind.Unidentified, "unidentified")]
    [InlineData(Door, null, CallerKind.Unidentified, "unidentified")]
    public void Behind_Front_Door_the_address_is_what_our_own_Front_Door_saw(string? door, string? socket, CallerKind kind, string expected)
    {
        var context = Request(
            "127.0.0.1", ("X-Forwarded-For", "203.0.113.9"), ("X-Azure-ClientIP", "203.0.113.9"), ("X-Azure-FDID", door),
            ("X-Azure-SocketIP", socket));

        Assert.Equal((kind, expected), Identify(context, new OpenDataSettings { FrontDoorId = Door }, fromConnection: false));
    }

    [Fact]
    public void In_the_worker_without_Front_Door_nobody_is_taken_for_somebody_else()
    {
        var context = Request("10.0.0.4", ("X-Forwarded-For", "203.0.113.9"), ("X-Azure-FDID", Door), ("X-Azure-SocketIP", "198.51.100.7"));

        Assert.Equal((CallerKind.Unidentified, "unidentified"), Identify(context, new OpenDataSettings(), fromConnection: false));
    }

    [Fact]
    public void The_user_agent_marks_robots_and_tells_nobody_apart()
    {
        var person = Request("198.51.100.7", ("User-Agent", "Firefox"));
        var robot = Request("198.51.100.7", ("User-Agent", "Googlebot/2.1"));
        var identity = new CallerIdentity(new OpenDataSettings(), new CallerSource(FromConnection: true));

        Assert.Equal(identity.Identify(person).Name, identity.Identify(robot).Name);
        Assert.False(identity.Identify(person).IsBot);
        Assert.True(identity.Identify(robot).IsBot);
    }

    private static DefaultHttpContext Request(string connection, params (string Name, string? Value)[] headers)
    {
        var context = new DefaultHttpContext();
        context.Connection.RemoteIpAddress = IPAddress.Parse(connection);
        foreach (var (name, value) in headers) context.Request.Headers[name] = value;
        return context;
    }

    private static (CallerKind Kind, string Name) Identify(HttpContext context, OpenDataSettings settings, bool fromConnection)
    {
        var caller = new CallerIdentity(settings, new CallerSource(fromConnection)).Identify(context);
        return (caller.Kind, caller.Name);
    }
}
