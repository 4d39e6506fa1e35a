using System.Diagnostics;
using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using SreAgent.Core.Integrations;

namespace SreAgent.Runtime.Stores.Sqlite;

/// <summary>
/// The SQLite file, shared with other processes: one writing and one reading connection, opened when first needed. Every failure
/// comes out as <see cref="StoreUnavailableException"/> and is forgotten, so that the next call tries afresh.
/// </summary>
internal sealed class SqliteDatabase(StoreOptions options, TimeProvider clock) : IStoreProbe, IDisposable
{
    private static readonly (int From, int To) RetryMilliseconds = (2, 12);

    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly SemaphoreSlim _reading = new(1, 1);
    private SqliteSession? _writer;
    private SqliteSession? _reader;

    // How often the file was opened for writing, and which of those openings the reader belongs to: it must not stay on a file since replaced.
    private volatile int _opened;
    private int _readerOf;

    /// <summary>Reads from one consistent state of the database.</summary>
    /// <param name="doing">Completes "Could not ...".</param>
    public async Task<T> ReadAsync<T>(string doing, Func<SqliteSession, T> read, CancellationToken cancellationToken)
    {
        await _reading.WaitAsync(cancellationToken);
        try
        {
            if (_reader is null || _readerOf != _opened || !File.Exists(options.Path))
            {
                await MigratedAsync(doing, cancellationToken);
            }

            return await TriedAsync(doing, Work, cancellationToken);
        }
        finally
        {
            _reading.Release();
        }

        T Work()
        {
            if (_readerOf != _opened)
            {
                Drop(ref _reader);
            }

            _reader ??= new SqliteSession(options.Path, options.BusyTimeout, writes: false);
            _readerOf = _opened;
            try
            {
                return read(_reader);
            }
            catch (SqliteException exception) when (SqliteFaults.EndsSession(exception))
            {
                Drop(ref _reader);
                throw;
            }
        }
    }

    /// <summary>
    /// One transaction that holds the write lock from its start: all of it happens, or none. Cancelling ends the wait for the lock;
    /// once it is held the work is done.
    /// </summary>
    /// <param name="doing">Completes "Could not ...".</param>
    /// <param name="durable">True: survives loss of power. False: survives loss of the process.</param>
    public async Task<T> WriteAsync<T>(string doing, bool durable, Func<SqliteSession, T> write, CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken);
        try
        {
            var session = await WriterAsync(doing, cancellationToken);
            await BegunAsync(session, doing, durable, cancellationToken);
            try
            {
                var result = write(session);
                session.Commit();
                return result;
            }
            catch (SqliteException exception)
            {
                TakeBack(session);
                if (SqliteFaults.EndsSession(exception))
                {
                    Drop(ref _writer);
                }

                throw SqliteFaults.From(doing, options.Path, exception);
            }
            catch
            {
                TakeBack(session);
                throw;
            }
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <inheritdoc/>
    public async Task<ProbeResult> ProbeAsync(CancellationToken cancellationToken)
    {
        try
        {
            var version = await ReadAsync("read", session => session.Connection.ServerVersion, cancellationToken);
            await WriteAsync("write", durable: false, static _ => true, cancellationToken);
            return new ProbeResult(Ok: true, $"{options.Path}, schema {SqliteMigrations.Newest}, SQLite {version} ({SqliteLibrary.Choose()})");
        }
        catch (StoreUnavailableException exception)
        {
            return new ProbeResult(Ok: false, exception.Message);
        }
    }

    public void Dispose()
    {
        _reader?.Dispose();
        _writer?.Dispose();
        _reading.Dispose();
        _writing.Dispose();
    }

    private async Task MigratedAsync(string doing, CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken);
        try
        {
            await WriterAsync(doing, cancellationToken);
        }
        finally
        {
            _writing.Release();
        }
    }

    private async Task<SqliteSession> WriterAsync(string doing, CancellationToken cancellationToken)
    {
        await TriedAsync(doing, () =>
        {
            ThrowIfRemoved();
            return true;
        }, cancellationToken);
        if (_writer is not null)
        {
            return _writer;
        }

        if (options.Problems.Count > 0)
        {
            throw new StoreUnavailableException($"Could not {doing}: {string.Join(" ", options.Problems)} Nothing was written.");
        }

        var session = await TriedAsync(doing, Open, cancellationToken);
        try
        {
            if (await TriedAsync(doing, () => SqliteMigrations.AreDue(session), cancellationToken))
            {
                await BegunAsync(session, doing, durable: true, cancellationToken);
                await TriedAsync(doing, () =>
                {
                    SqliteMigrations.Apply(session, clock.GetUtcNow());
                    session.Commit();
                    return true;
                }, cancellationToken);
            }
        }
        catch
        {
            session.Dispose();
            throw;
        }

        _opened++;
        return _writer = session;
    }

    private SqliteSession Open()
    {
        SqliteLibrary.Choose();
        SqliteFile.Ensure(options.Path);
        return new SqliteSession(options.Path, options.BusyTimeout, writes: true);
    }

    private async Task BegunAsync(SqliteSession session, string doing, bool durable, CancellationToken cancellationToken) =>
        await TriedAsync(doing, () =>
        {
            session.Begin(durable);
            return true;
        }, cancellationToken);

    /// <summary>Tries until it is not in another process's way, at most for the busy timeout.</summary>
    private async Task<T> TriedAsync<T>(string doing, Func<T> attempt, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                return attempt();
            }
            catch (SqliteException exception) when (SqliteFaults.IsBusy(exception) && Stopwatch.GetElapsedTime(started) < options.BusyTimeout)
            {
                // The lock is held by a real process, so the wait is real time whatever clock the rest runs on.
                await Task.Delay(RandomNumberGenerator.GetInt32(RetryMilliseconds.From, RetryMilliseconds.To), cancellationToken);
            }
            catch (SqliteException exception)
            {
                throw SqliteFaults.From(doing, options.Path, exception);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                throw SqliteFaults.From(doing, options.Path, exception);
            }
        }
    }

    /// <summary>An open file that was deleted still takes writes, which then nobody ever finds. The call at hand fails; the next starts a new file.</summary>
    private void ThrowIfRemoved()
    {
        if (_writer is not null && !File.Exists(options.Path))
        {
            Drop(ref _writer);
            throw new IOException("The file was removed while in use; the next call starts a new one.");
        }
    }

    private void TakeBack(SqliteSession session)
    {
        try
        {
            session.Rollback();
        }
        catch (SqliteException)
        {
            // The connection is in no known state: closing it rolls back for certain.
            Drop(ref _writer);
        }
    }

    private static void Drop(ref SqliteSession? session)
    {
        session?.Dispose();
        session = null;
    }
}
