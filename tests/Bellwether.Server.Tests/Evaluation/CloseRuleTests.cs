using Bellwether.Contracts;
using Bellwether.Contracts.Registry;
using Bellwether.Monitoring.Plans;
using Bellwether.Server.Evaluation;
using Bellwether.Storage.Log;

namespace Bellwether.Server.Tests.Evaluation;

public sealed class CloseRuleTests
{
    private static readonly DateTimeOffset Ten = new(2026, 7, 1, 10, 0, 0, TimeSpan.Zero);
    private static readonly CompiledPlan Hourly = Plan("1h");

    [Fact]
    public void A_window_closes_when_the_watermark_has_passed_its_end()
    {
        var rule = new CloseRule();
        rule.NoteRows(Ten.AddMinutes(119), live: true, Ten); // 11:59 less an hour: 10:59.
        Assert.Equal(new DueClose(Ten, "watermark"), rule.Due(Hourly, null, Ten));
        Assert.Null(rule.Due(Hourly, Ten, Ten));
        rule.NoteRows(Ten.AddMinutes(120), live: true, Ten);
        Assert.Equal(new DueClose(Ten.AddHours(1), "watermark"), rule.Due(Hourly, Ten, Ten));
    }

    [Fact]
    public void Rows_that_come_in_any_order_never_move_the_watermark_back()
    {
        var rule = new CloseRule();
        rule.NoteRows(Ten.AddHours(3), live: true, Ten);
        rule.NoteRows(Ten.AddHours(-50), live: true, Ten);
        Assert.Equal(Ten.AddHours(2), rule.Due(Hourly, Ten, Ten)!.Value.Through);
    }

    [Fact]
    public void History_waits_for_live_rows_or_for_silence()
    {
        var rule = new CloseRule();
        rule.NoteRows(Ten.AddHours(30), live: false, Ten.AddHours(40));
        Assert.Null(rule.Due(Hourly, null, Ten.AddHours(41.9)));
        Assert.Equal(new DueClose(Ten.AddHours(31), "silence"), rule.Due(Hourly, null, Ten.AddHours(42)));
        rule.NoteRows(Ten.AddHours(35), live: true, Ten.AddHours(41));
        Assert.Equal(new DueClose(Ten.AddHours(34), "watermark"), rule.Due(Hourly, null, Ten.AddHours(41)));
    }

    [Fact]
    public void A_restart_goes_on_with_live_rows_and_holds_what_was_history()
    {
        var rule = new CloseRule();
        rule.Recover(new LogMarks(null, Ten.AddHours(30), null), Ten.AddHours(40));
        Assert.Null(rule.Due(Hourly, null, Ten.AddHours(41.9)));
        Assert.Equal(new DueClose(Ten.AddHours(31), "silence"), rule.Due(Hourly, null, Ten.AddHours(42)));
        rule = new CloseRule();
        rule.Recover(new LogMarks(Ten.AddHours(20), Ten.AddHours(30), null), Ten.AddHours(40));
        Assert.Equal(new DueClose(Ten.AddHours(19), "watermark"), rule.Due(Hourly, null, Ten.AddHours(40)));
    }

    [Fact]
    public void Silence_closes_through_the_last_window_with_rows_once_and_again_after_outcomes()
    {
        var rule = new CloseRule();
        rule.NoteRows(Ten.AddMinutes(30), live: true, Ten.AddMinutes(30));
        var due = rule.Due(Hourly, Ten, Ten.AddHours(2.5));
        Assert.Equal(new DueClose(Ten.AddHours(1), "silence"), due);
        rule.Done(due!.Value);
        Assert.Null(rule.Due(Hourly, Ten.AddHours(1), Ten.AddHours(50)));
        rule.NoteOutcomes(Ten.AddMinutes(40), Ten.AddHours(50));
        Assert.Null(rule.Due(Hourly, Ten.AddHours(1), Ten.AddHours(51)));
        Assert.Equal(new DueClose(Ten.AddHours(1), "silence"), rule.Due(Hourly, Ten.AddHours(1), Ten.AddHours(52)));
    }

    [Fact]
    public void Two_days_of_silence_close_through_the_newest_outcome_once_and_never_ahead_of_the_clock()
    {
        var rule = new CloseRule();
        rule.NoteRows(Ten.AddMinutes(30), live: false, Ten.AddMinutes(30));
        rule.NoteOutcomes(Ten.AddHours(30.2), Ten.AddHours(30.1)); // A clock that is a little ahead.
        rule.NoteOutcomes(Ten.AddHours(20), Ten.AddHours(30.1));
        var rows = rule.Due(Hourly, null, Ten.AddHours(32.1));
        Assert.Equal(new DueClose(Ten.AddHours(1), "silence"), rows);
        rule.Done(rows!.Value);
        Assert.Null(rule.Due(Hourly, Ten.AddHours(1), Ten.AddHours(78)));
        var outcomes = rule.Due(Hourly, Ten.AddHours(1), Ten.AddHours(78.2));
        Assert.Equal(new DueClose(Ten.AddHours(31), "silence"), outcomes);
        rule.Done(outcomes!.Value);
        Assert.Null(rule.Due(Hourly, Ten.AddHours(1), Ten.AddHours(500))); // Whatever it found.
        Assert.Null(rule.Due(Hourly, Ten.AddHours(31), Ten.AddHours(500)));

        // On a boundary the close there tells it; the clock is waited for.
        rule.NoteOutcomes(Ten.AddHours(560), Ten.AddHours(500));
        rule.Done(rule.Due(Hourly, Ten.AddHours(31), Ten.AddHours(502))!.Value);
        Assert.Null(rule.Due(Hourly, Ten.AddHours(31), Ten.AddHours(559.9)));
        Assert.Equal(new DueClose(Ten.AddHours(560), "silence"), rule.Due(Hourly, Ten.AddHours(31), Ten.AddHours(560)));
    }

    [Fact]
    public void Rows_that_go_on_within_two_days_are_not_made_late_by_outcomes()
    {
        var rule = new CloseRule();
        for (int day = 0; day < 5; day++)
        {
            var upload = Ten.AddDays(day);
            rule.NoteRows(upload.AddHours(-10).AddTicks(-1), live: false, upload);
            rule.NoteOutcomes(upload, upload);
            var due = rule.Due(Hourly, null, upload.AddHours(23));
            Assert.Equal(new DueClose(upload.AddHours(-10), "silence"), due);
            rule.Done(due!.Value);
            Assert.Null(rule.Due(Hourly, upload.AddHours(-10), upload.AddHours(23)));
        }
    }

    [Fact]
    public void A_lateness_longer_than_two_windows_is_what_silence_waits_for()
    {
        var rule = new CloseRule();
        rule.NoteRows(Ten, live: true, Ten);
        var plan = Plan("15m", "6h");
        Assert.Equal("watermark", rule.Due(plan, null, Ten.AddHours(5.9))!.Value.Reason);
        rule.Done(rule.Due(plan, null, Ten)!.Value);
        Assert.Null(rule.Due(plan, null, Ten.AddHours(5.9)));
        Assert.Equal("silence", rule.Due(plan, null, Ten.AddHours(6))!.Value.Reason);
    }

    [Fact]
    public void A_close_that_found_nothing_is_not_tried_again_until_the_watermark_moves()
    {
        var rule = new CloseRule();
        rule.NoteRows(Ten.AddHours(2), live: true, Ten);
        rule.Done(rule.Due(Hourly, null, Ten)!.Value);
        Assert.Null(rule.Due(Hourly, null, Ten));
        rule.NoteRows(Ten.AddHours(3), live: true, Ten);
        Assert.NotNull(rule.Due(Hourly, null, Ten));
    }

    [Fact]
    public void A_local_day_with_25_hours_closes_at_its_own_end()
    {
        var plan = Plan("1d", "1h", "Europe/Berlin");
        var rule = new CloseRule();
        var autumn = new DateTimeOffset(2026, 10, 25, 23, 0, 0, TimeSpan.Zero); // Midnight in Berlin after the change.
        rule.NoteRows(autumn.AddMinutes(59), live: true, autumn);
        Assert.Equal(new DateTimeOffset(2026, 10, 24, 22, 0, 0, TimeSpan.Zero), rule.Due(plan, null, autumn)!.Value.Through);
        rule.NoteRows(autumn.AddMinutes(60), live: true, autumn);
        Assert.Equal(autumn, rule.Due(plan, null, autumn)!.Value.Through);
    }

    [Fact]
    public void Without_rows_nothing_is_due() => Assert.Null(new CloseRule().Due(Hourly, null, Ten));

    private static CompiledPlan Plan(string window, string? lateness = null, string? zone = null) => CompiledPlan.Compile(
        ModelKey.Parse("m"), new ModelDefinition(ModelTask.Binary) { Window = window, AllowedLateness = lateness, TimeZone = zone }, null, 0, out _)!;
}
