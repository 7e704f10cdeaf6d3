using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace Farspan.Browser.Tests;

/// <summary>An address of this machine that a browser uses: it leaves the loopback interface out.</summary>
internal static class MachineAddress
{
    public static IPAddress Find() => NetworkInterface.GetAllNetworkInterfaces()
        .Where(each => each.OperationalStatus == OperationalStatus.Up)
        .Where(each => each.NetworkInterfaceType != NetworkInterfaceType.Loopback)
        .SelectMany(each => each.GetIPProperties().UnicastAddresses)
        .Select(each => each.Address)
        .First(each => each.AddressFamily == AddressFamily.InterNetwork);
}
