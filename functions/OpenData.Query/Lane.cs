namespace OpenData.Query;

/// <summary>Who waits for a place, and for what.</summary>
/// <param name="Caller">Who asks.</param>
/// <param name="Subject">What is asked.</param>
internal readonly record struct Asking(string Caller, string Subject);

/// <summary>
/// Places for statements that run at once. Of those that wait for one, the next is of the caller that has the fewest places, among these of
/// the subject that has the fewest, and among these the first: so neither many questions of one caller nor many to one dataset keep others
/// waiting, and who is alone may have all places.
/// </summary>
/// <param name="places">How many there are.</param>
internal sealed class Lane(int places)
{
    private readonly Lock _lock = new();
    private readonly LinkedList<(Asking Asking, TaskCompletionSource Turn)> _waiting = [];
    private readonly Dictionary<string, int> _callers = new(StringComparer.Ordinal), _subjects = new(StringComparer.Ordinal);
    private int _free = places;

    /// <summary>Waits for a place.</summary>
    /// <param name="asking">Who asks, and what.</param>
    /// <param name="patience">How long to wait at most.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>The place, to be disposed; null if none became free in time.</returns>
    public async Task<IDisposable?> EnterAsync(Asking asking, TimeSpan patience, CancellationToken cancellation)
    {
        LinkedListNode<(Asking Asking, TaskCompletionSource Turn)> node;
        lock (_lock)
        {
            if (_free > 0)
            {
                _free--;
                Count(asking, 1);
                return new Place(this, asking);
            }

            node = _waiting.AddLast((asking, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)));
        }

        var turn = node.Value.Turn.Task;
        try
        {
            await turn.WaitAsync(patience, cancellation);
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException)
        {
            lock (_lock)
            {
                if (node.List is not null) _waiting.Remove(node);
            }

            if (turn.IsCompleted)
            {
                // The turn came in the same moment.
                if (e is TimeoutException) return new Place(this, asking);
                Leave(asking);
            }

            if (e is OperationCanceledException) throw;
            return null;
        }

        return new Place(this, asking);
    }

    private void Leave(Asking asking)
    {
        lock (_lock)
        {
            Count(asking, -1);
            if (_waiting.Count == 0)
            {
                _free++;
                return;
            }

            var next = _waiting.First!;
            for (var node = next.Next; node is not null; node = node.Next)
            {
                if (Share(node).CompareTo(Share(next)) < 0) next = node;
            }

            _waiting.Remove(next);
            Count(next.Value.Asking, 1);
            next.Value.Turn.SetResult();
        }
    }

    private (int Caller, int Subject) Share(LinkedListNode<(Asking Asking, TaskCompletionSource Turn)> node) =>
        (_callers.GetValueOrDefault(node.Value.Asking.Caller), _subjects.GetValueOrDefault(node.Value.Asking.Subject));

    private void Count(Asking asking, int change)
    {
        Count(_callers, asking.Caller, change);
        Count(_subjects, asking.Subject, change);
    }

    private static void Count(Dictionary<string, int> running, string name, int change)
    {
        var count = running.GetValueOrDefault(name) + change;
        if (count == 0) running.Remove(name);
        else running[name] = count;
    }

    private sealed class Place(Lane lane, Asking asking) : IDisposable
    {
        private int _left;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _left, 1) == 0) lane.Leave(asking);
        }
    }
}
