using System.Net;
using Microsoft.AspNetCore.Http;
using OpenData.Api.Pipeline;

namespace OpenData.Tests.Api;

/// <summary>A caller is told by the address that the platform saw, never by one of its own choosing.</summary>
[Trait("Category", "Unit")]
public class CallerTests
{
    [Theory]
    [InlineData("198.51.100.7", null, "198.51.100.7")] // in the worker: the connection has it
    [InlineData("198.51.100.7", "203.0.113.9", "198.51.100.7")] // and what stood before it in the header is the caller's own word
    [InlineData("127.0.0.1", "198.51.100.7:4711", "198.51.100.7")] // behind a proxy on this machine
    [InlineData("::1", "203.0.113.9, 198.51.100.7", "198.51.100.7")]
    [InlineData("127.0.0.1", "203.0.113.9, [2001:db8::7]:443", "2001:db8::7")]
    [InlineData("127.0.0.1", null, "127.0.0.1")]
    [InlineData(null, null, "")]
    public void The_address_is_the_one_that_the_last_proxy_saw(string? connection, string? forwarded, string expected)
    {
        var context = new DefaultHttpContext();
        context.Connection.RemoteIpAddress = connection is null ? null : IPAddress.Parse(connection);
        context.Request.Headers["X-Forwarded-For"] = forwarded;

        Assert.Equal(expected, Caller.Of(context).Address);
    }
}
