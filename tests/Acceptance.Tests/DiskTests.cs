using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Bellwether.Acceptance.Tests;

/// <summary>Disks that are full from the start, fill up while rows come, or cannot be written.</summary>
public sealed class DiskTests
{
    private static readonly Uri First = new("/v1/models/m/predictions/0-0", UriKind.Relative);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("ro", "cannot be written")]
    [InlineData("size=4k", "is full")]
    [InlineData("size=120k", "is full")]
    public async Task A_disk_that_takes_nothing_is_one_line_and_exit_code_1(string mountOptions, string says)
    {
        await SmallDisk.RequireAsync(Cancel);
        await using var disk = new SmallDisk(mountOptions, restart: false);
        var (exitCode, error) = await disk.EndAsync(Cancel);
        Assert.Equal(1, exitCode);
        Assert.Contains(says, error, StringComparison.Ordinal);
        Assert.Contains(disk.Folder, error, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error);
    }

    [Fact]
    public async Task A_disk_that_fills_ends_ingest_with_a_reason_and_no_acknowledged_row_is_lost()
    {
        await SmallDisk.RequireAsync(Cancel);
        await using var disk = new SmallDisk("size=3m", restart: true);
        int process = await disk.ReadProcessAsync(Cancel);
        var acknowledged = new List<string>();
        using (var http = await disk.ReadyAsync(Cancel))
        {
            using var created = await http.PutAsJsonAsync("/v1/models/m", new { task = "binary", window = "1h" }, Cancel);
            Assert.True(created.IsSuccessStatusCode);
            HttpResponseMessage? refused = null;
            for (int batch = 0; batch < 400 && refused is null; batch++)
            {
                string[] ids = [.. Enumerable.Range(0, 200).Select(row => $"{batch}-{row}")];
                var rows = ids.Select((id, i) => new { id, timestamp = $"2026-07-01T10:{batch % 60:00}:00Z", prediction = 1, score = 0.5, features = new { a = i * 1.1, b = id } });
                var answer = await http.PostAsJsonAsync("/v1/models/m/predictions", rows, Cancel);
                if (answer.IsSuccessStatusCode) { acknowledged.AddRange(ids); }
                else { refused = answer; }
                if (batch == 0) { Assert.Equal(HttpStatusCode.OK, (await http.GetAsync(First, Cancel)).StatusCode); } // A read moves the rows to where reads go on.
            }
            Assert.NotNull(refused);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
            Assert.Contains("No space left", await refused.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
            refused.Dispose();
            Assert.Equal(HttpStatusCode.OK, (await http.GetAsync(First, Cancel)).StatusCode);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, (await http.GetAsync(new Uri("/health/ready", UriKind.Relative), Cancel)).StatusCode);
            Assert.Equal(HttpStatusCode.OK, (await http.GetAsync(new Uri("/health/live", UriKind.Relative), Cancel)).StatusCode);
        }
        Assert.True(acknowledged.Count >= 1000, $"Only {acknowledged.Count} rows were taken before the disk was full.");

        using (var first = Process.GetProcessById(process)) { first.Kill(); }
        using var again = await disk.ReadyAsync(Cancel);
        while ((await again.GetAsync(new Uri("/health/ready", UriKind.Relative), Cancel)).StatusCode != HttpStatusCode.OK) { await Task.Delay(100, Cancel); }
        var lost = new List<string>();
        foreach (string id in acknowledged.Where((_, i) => i % 37 == 0).Append(acknowledged[^1]))
        {
            var found = await again.GetAsync(new Uri($"/v1/models/m/predictions/{id}", UriKind.Relative), Cancel);
            if (found.StatusCode != HttpStatusCode.OK) { lost.Add(id); }
        }
        Assert.Empty(lost);
        var next = await again.PostAsJsonAsync("/v1/models/m/predictions", new[] { new { id = "next", timestamp = "2026-07-01T10:00:00Z", prediction = 1 } }, Cancel);
        Assert.Equal(1, (await next.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("accepted").GetInt32());
    }
}
