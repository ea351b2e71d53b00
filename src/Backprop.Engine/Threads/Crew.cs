using System.Globalization;
using System.Runtime.ExceptionServices;

namespace Backprop.Engine;

/// <summary>
/// The calling thread and some of its own, which run jobs together. Work is split over outputs, so how many members
/// there are changes no bit. One thread at a time may call <see cref="Run"/>; a run allocates nothing.
/// </summary>
sealed class Crew : IDisposable
{
    readonly Thread[] _threads;
    readonly Exception?[] _failures;
    readonly Phase _starts, _barriers, _ends;
    ICrewJob? _job;
    int _atBarrier;
    int _done;
    volatile bool _failed;
    volatile bool _disposed;
    int _running;

    /// <summary>A crew of <paramref name="members"/>: the caller and members − 1 threads, which wait for work.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than one member.</exception>
    public Crew(int members)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(members, 1);
        Members = members;

        // With more members than cores, who watches keeps from working who is watched for.
        bool spin = members <= Environment.ProcessorCount;
        (_starts, _barriers, _ends) = (new Phase(spin), new Phase(spin), new Phase(spin));
        _failures = new Exception?[members];
        _threads = new Thread[members - 1];
        for (int i = 0; i < _threads.Length; i++)
        {
            int member = i + 1;
            _threads[i] = new Thread(() => Work(member))
            {
                IsBackground = true,
                Name = string.Create(CultureInfo.InvariantCulture, $"backprop-{member}"),
            };
            _threads[i].Start();
        }
    }

    /// <summary>How many run a job, the caller among them.</summary>
    public int Members { get; }

    /// <summary>Every member runs the job; returns when all have returned from it.</summary>
    /// <exception cref="InvalidOperationException">The crew is running a job already.</exception>
    /// <exception cref="ObjectDisposedException">The crew has been disposed.</exception>
    /// <remarks>
    /// What a member throws is thrown here (of several, the lowest member's) after all have stopped: the others stop
    /// at their next barrier. The crew can then run the next job.
    /// </remarks>
    public void Run(ICrewJob job)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (Interlocked.Exchange(ref _running, 1) != 0)
            throw new InvalidOperationException("The crew is running a job already; a job cannot run another on its own crew.");

        try
        {
            if (Members == 1)
                job.Run(0, 1);
            else
                RunTogether(job);
        }
        finally
        {
            Volatile.Write(ref _running, 0);
        }
    }

    /// <summary>Within a job: returns once every member has come to it. What was written before can be read after.</summary>
    public void Barrier()
    {
        if (Members == 1)
            return;

        int seen = _barriers.Value;
        if (_failed)
            throw new CrewStoppedException();

        if (Interlocked.Increment(ref _atBarrier) == Members)
        {
            Volatile.Write(ref _atBarrier, 0);
            _barriers.Advance();
            return;
        }

        _barriers.WaitWhile(seen);
        if (_failed)
            throw new CrewStoppedException();
    }

    /// <summary>Ends the threads and waits for their end.</summary>
    public void Dispose()
    {
        if (_disposed)
            return;

        _disposed = true;
        _starts.Advance();
        foreach (Thread thread in _threads)
            thread.Join();
    }

    void RunTogether(ICrewJob job)
    {
        _job = job;
        _done = 0;
        int end = _ends.Value;
        _starts.Advance();
        RunMember(job, 0);
        _ends.WaitWhile(end);
        _job = null;
        if (_failed)
            Recover();
    }

    void Work(int member)
    {
        int seen = 0;
        while (true)
        {
            _starts.WaitWhile(seen);
            if (_disposed)
                return;

            // The next start comes only after this member is done, so it is one further on.
            seen++;
            RunMember(_job!, member);
        }
    }

    void RunMember(ICrewJob job, int member)
    {
        try
        {
            job.Run(member, Members);
        }
#pragma warning disable CA1031 // Whatever it is, it is thrown on the caller's thread.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            _failures[member] = exception;
            _failed = true;
            _barriers.Advance();
        }

        if (Interlocked.Increment(ref _done) == Members)
            _ends.Advance();
    }

    /// <summary>All have stopped: puts the crew in order and throws what the lowest member threw.</summary>
    void Recover()
    {
        Exception? first = null;
        foreach (Exception? failure in _failures)
        {
            if (first is null or CrewStoppedException)
                first = failure ?? first;
        }

        Array.Clear(_failures);
        _atBarrier = 0;
        _failed = false;
        ExceptionDispatchInfo.Throw(first!);
    }
}
