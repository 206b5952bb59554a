using System.Net;
using System.Net.Sockets;

namespace OpenData.Api.Pipeline;

/// <summary>A network address as the identity of a caller.</summary>
internal static class CallerAddress
{
    private const int NetworkBytes = 8; // of an IPv6 address: a subscriber has at least a /64, and every device in it many addresses

    /// <summary>
    /// The address as text: IPv4 whole, also where it is written as IPv6; IPv6 as its /64 network, such as <c>2001:db8:0:7::/64</c>.
    /// </summary>
    public static string NameOf(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        if (address.AddressFamily != AddressFamily.InterNetworkV6 || IPAddress.IsLoopback(address)) return address.ToString();
        var bytes = address.GetAddressBytes();
        Array.Clear(bytes, NetworkBytes, bytes.Length - NetworkBytes);
        return $"{new IPAddress(bytes)}/64";
    }

    /// <summary>Reads an address, perhaps with a port, as proxies write it in headers.</summary>
    public static IPAddress? Parse(string text) => IPEndPoint.TryParse(text.Trim(), out var endpoint) ? endpoint.Address : null;
}
