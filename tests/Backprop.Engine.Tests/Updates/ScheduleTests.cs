using Xunit;

namespace Backprop.Engine.Tests;

public sealed class ScheduleTests
{
    [Theory]
    [InlineData("constant", 0, 0, 1)]
    [InlineData("constant", 999, 99, 1)]
    [InlineData("step:every=30,factor=0.5", 0, 29, 1)]
    [InlineData("step:every=30,factor=0.5", 0, 30, 0.5)]
    [InlineData("step:every=30,factor=0.5", 0, 95, 0.125)]
    [InlineData("exponential:factor=0.5", 0, 0, 1)]
    [InlineData("exponential:factor=0.5", 0, 11, 1 / 2048.0)]
    [InlineData("cosine", 0, 0, 1)]
    [InlineData("cosine", 250, 0, 0.85355339059327376)]
    [InlineData("cosine", 500, 0, 0.5)]
    [InlineData("cosine", 1000, 0, 0)]
    [InlineData("cosine:floor=0.2", 500, 0, 0.6)]
    [InlineData("cosine:floor=0.2", 1000, 0, 0.2)]
    [InlineData("cosine:warmup=200", 0, 0, 0.005)]
    [InlineData("cosine:warmup=200", 99, 0, 0.5)]
    [InlineData("cosine:warmup=200", 199, 0, 1)]
    [InlineData("cosine:warmup=200", 200, 0, 1)]
    [InlineData("cosine:warmup=200", 600, 0, 0.5)]
    [InlineData("constant:warmup=4", 0, 0, 0.25)]
    [InlineData("constant:warmup=4", 3, 0, 1)]
    [InlineData("exponential:factor=0.5,warmup=4", 1, 1, 0.25)]
    [InlineData("one-cycle", 0, 0, 0.04)]
    [InlineData("one-cycle", 299, 0, 1)]
    [InlineData("one-cycle", 649, 0, 0.500002)]
    [InlineData("one-cycle", 999, 0, 4e-6)]
    [InlineData("one-cycle:peak=0.5,start=0.5,end=0", 499, 0, 1)]
    [InlineData("one-cycle:peak=0,start=0.5,end=0", 0, 0, 1)]
    public void Factor_at_a_position_of_a_thousand_steps(string name, long step, long epoch, double expected) =>
        Assert.Equal(expected, Schedule.Parse(name).Factor(new SchedulePosition(step, 1000, epoch)), 2e-16);

    [Fact]
    public void One_cycle_rises_to_its_peak_and_falls_from_there()
    {
        Schedule schedule = Schedule.Parse("one-cycle");
        double[] factors = [.. Enumerable.Range(0, 1000).Select(step => schedule.Factor(new SchedulePosition(step, 1000, 0)))];
        for (int step = 1; step < 1000; step++)
            Assert.True(step < 300 ? factors[step] > factors[step - 1] : factors[step] < factors[step - 1], $"step {step}");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Every_schedule_gives_a_factor_from_0_to_1_in_the_shortest_training(long total)
    {
        foreach (Schedule schedule in Schedule.All.Append(Schedule.Parse("cosine:warmup=100")))
        {
            for (long step = 0; step < total; step++)
                Assert.InRange(schedule.Factor(new SchedulePosition(step, total, step)), 0, 1);
        }
    }

    [Fact]
    public void Plateau_lowers_the_rate_after_more_than_patience_epochs_without_a_better_metric()
    {
        Schedule schedule = Schedule.Parse("plateau:factor=0.5,patience=2,threshold=0.01");
        PlateauState state = PlateauState.Start;
        var factors = new List<double>();

        // 0.995 is better than 1 by less than a hundredth of it; NaN is never better.
        foreach (double loss in (double[])[1, 0.995, 1.5, double.NaN, 0.9, 0.9, 0.9, 0.9, 0.9, 0.9, 0.9])
        {
            state = schedule.Observe(state, loss, higherIsBetter: false);
            factors.Add(schedule.Factor(new SchedulePosition(0, 100, 0, state.Factor)));
        }

        Assert.Equal([1, 1, 1, 0.5, 0.5, 0.5, 0.5, 0.25, 0.25, 0.25, 0.125], factors);
        Assert.Equal(new PlateauState(0.125, 0.9, 0), state);
    }

    [Fact]
    public void Plateau_takes_a_higher_metric_for_better_where_told()
    {
        Schedule schedule = Schedule.Parse("plateau:factor=0.5,patience=0");
        PlateauState state = schedule.Observe(schedule.Observe(PlateauState.Start, 0.8, true), 0.9, true);
        Assert.Equal(new PlateauState(1, 0.9, 0), state);
        Assert.Equal(new PlateauState(0.5, 0.9, 0), schedule.Observe(state, 0.85, true));
        Assert.True(schedule.NeedsMetric);
    }

    [Fact]
    public void Other_schedules_leave_the_plateau_alone() => Assert.Equal(
        PlateauState.Start, Schedule.Parse("cosine").Observe(PlateauState.Start, 0.5, true));

    [Fact]
    public void Names_read_back_as_the_same_schedule()
    {
        Assert.Equal("cosine:floor=0,warmup=100", Schedule.Parse("cosine:warmup=100").Name);
        Assert.Equal("constant:warmup=5", Schedule.Parse("constant:warmup=5").Name);
        foreach (Schedule schedule in Schedule.All)
            Assert.Equal(schedule, Schedule.Parse(schedule.Name));
    }

    [Theory]
    [InlineData("linear", "known are constant, step, exponential, cosine, one-cycle, plateau")]
    [InlineData("step:every=0", "every")]
    [InlineData("step:every=1.5", "whole number")]
    [InlineData("cosine:factor=0.5", "no parameter 'factor'")]
    [InlineData("cosine:floor=2", "floor")]
    [InlineData("cosine:warmup=-1", "warmup")]
    public void Refuses_what_means_nothing(string text, string said) =>
        Assert.Contains(said, Assert.Throws<ArgumentException>(() => Schedule.Parse(text)).Message, StringComparison.Ordinal);
}
