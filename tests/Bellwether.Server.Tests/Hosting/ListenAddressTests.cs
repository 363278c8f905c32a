using Bellwether.Server.Hosting;

namespace Bellwether.Server.Tests.Hosting;

public sealed class ListenAddressTests
{
    [Theory]
    [InlineData("http://127.0.0.1:5080")]
    [InlineData("http://localhost:0")]
    [InlineData("http://[::1]:5080")]
    [InlineData("http://127.9.9.9")]
    public void This_machine_s_own_addresses_need_no_leave(string url) => Assert.True(ListenAddresses.Check([url], insecure: false));

    [Theory]
    [InlineData("http://0.0.0.0:5080")]
    [InlineData("http://*:5080")]
    [InlineData("http://+:5080")]
    [InlineData("http://[::]:5080")]
    [InlineData("http://192.168.1.4:5080")]
    [InlineData("http://example.org")]
    public void An_address_open_to_others_is_refused_until_the_user_accepts_it(string url)
    {
        Assert.Contains("--insecure", Assert.Throws<StartupException>(() => ListenAddresses.Check([ServerOptions.DefaultUrl, url], insecure: false)).Message, StringComparison.Ordinal);
        Assert.False(ListenAddresses.Check([ServerOptions.DefaultUrl, url], insecure: true));
    }

    [Theory]
    [InlineData("5080")]
    [InlineData("ftp://127.0.0.1")]
    [InlineData("")]
    public void What_is_no_address_is_refused(string url) => Assert.Throws<StartupException>(() => ListenAddresses.Check([url], insecure: true));
}
