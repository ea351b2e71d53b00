using Xunit;

namespace Backprop.Engine.Tests;

public sealed class CrewTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Every_member_runs_each_job_once_and_sees_what_others_wrote_before_a_barrier(int members)
    {
        using var crew = new Crew(members);
        var job = new Neighbours(crew, members);
        int runs = members <= 2 ? 20_000 : 8_000;
        for (int run = 1; run <= runs; run++)
        {
            crew.Run(job);
            for (int member = 0; member < members; member++)
                Assert.Equal(2 * run, job.Runs[member * Neighbours.Apart]);
        }

        Assert.Equal(0, job.Wrong);
    }

    [Fact]
    public void More_members_than_cores_finish()
    {
        int members = 2 * Environment.ProcessorCount + 3;
        using var crew = new Crew(members);
        var job = new Neighbours(crew, members);
        for (int run = 1; run <= 2_000; run++)
            crew.Run(job);

        Assert.Equal(0, job.Wrong);
        Assert.Equal(4_000, job.Runs[(members - 1) * Neighbours.Apart]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public void A_run_allocates_nothing(int members)
    {
        using var crew = new Crew(members);
        var job = new Neighbours(crew, members);
        var meter = new Meter(members);
        for (int run = 0; run < 1_000; run++)
        {
            crew.Run(job);
            crew.Run(meter);
        }

        // By thread: other threads of the test runner allocate as they please.
        long[] before = new long[members];
        long[] after = new long[members];
        meter.Allocated = before;
        crew.Run(meter);
        meter.Allocated = after;
        for (int run = 0; run < 1_000; run++)
            crew.Run(job);
        crew.Run(meter);

        Assert.Equal(before, after);
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 0)]
    [InlineData(2, 1)]
    [InlineData(4, 2)]
    public void A_members_exception_reaches_the_caller_and_the_crew_goes_on(int members, int failing)
    {
        using var crew = new Crew(members);
        var good = new Neighbours(crew, members);
        for (int run = 1; run <= 200; run++)
        {
            var failure = new FormatException("for the caller");
            var bad = new Failing(crew, failing, failure, beforeBarrier: run % 2 == 0);
            Assert.Same(failure, Assert.Throws<FormatException>(() => crew.Run(bad)));
            crew.Run(good);
            Assert.Equal(2 * run, good.Runs[(members - 1) * Neighbours.Apart]);
        }

        Assert.Equal(0, good.Wrong);
    }

    [Fact]
    public void Of_several_exceptions_the_lowest_members_is_thrown()
    {
        using var crew = new Crew(3);
        var failures = new AllFailing();
        for (int run = 0; run < 100; run++)
            Assert.Equal("member 0", Assert.Throws<FormatException>(() => crew.Run(failures)).Message);
    }

    [Fact]
    public void A_job_inside_a_job_is_refused()
    {
        using var crew = new Crew(2);
        var job = new Nesting(crew);
        Assert.Throws<InvalidOperationException>(() => crew.Run(job));
    }

    [Fact]
    public void Disposal_ends_the_threads_and_refuses_further_runs()
    {
        var crew = new Crew(3);
        var job = new Names();
        crew.Run(job);
        crew.Dispose();
        crew.Dispose();

        Assert.Equal("backprop-1", job.Threads[1]!.Name);
        Assert.Equal("backprop-2", job.Threads[2]!.Name);
        Assert.All(job.Threads.Skip(1), thread => Assert.False(thread!.IsAlive));
        Assert.Same(Thread.CurrentThread, job.Threads[0]);
        Assert.Throws<ObjectDisposedException>(() => crew.Run(job));
    }

    /// <summary>Writes its own number, meets the others at a barrier, and checks its neighbour's; twice a run.</summary>
    sealed class Neighbours(Crew crew, int members) : ICrewJob
    {
        /// <summary>Numbers that different members write lie on different cache lines.</summary>
        public const int Apart = 32;

        public readonly int[] Runs = new int[members * Apart];
        public int Wrong;

        public void Run(int member, int members)
        {
            for (int phase = 0; phase < 2; phase++)
            {
                int mine = ++Runs[member * Apart];
                crew.Barrier();
                if (Runs[(member + 1) % members * Apart] != mine)
                    Interlocked.Increment(ref Wrong);
                crew.Barrier();
            }
        }
    }

    /// <summary>How many bytes each member's thread has allocated in its life.</summary>
    sealed class Meter(int members) : ICrewJob
    {
        public long[] Allocated = new long[members];

        public void Run(int member, int members) => Allocated[member] = GC.GetAllocatedBytesForCurrentThread();
    }

    sealed class Failing(Crew crew, int failing, Exception failure, bool beforeBarrier) : ICrewJob
    {
        public void Run(int member, int members)
        {
            if (beforeBarrier && member == failing)
                throw failure;

            crew.Barrier();
            if (member == failing)
                throw failure;

            crew.Barrier();
        }
    }

    sealed class AllFailing : ICrewJob
    {
        public void Run(int member, int members) => throw new FormatException($"member {member}");
    }

    sealed class Nesting(Crew crew) : ICrewJob
    {
        public void Run(int member, int members)
        {
            if (member == 1)
                crew.Run(this);
        }
    }

    sealed class Names : ICrewJob
    {
        public readonly Thread?[] Threads = new Thread?[3];

        public void Run(int member, int members) => Threads[member] = Thread.CurrentThread;
    }
}
