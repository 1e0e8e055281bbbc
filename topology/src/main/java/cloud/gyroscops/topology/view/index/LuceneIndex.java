package cloud.gyroscops.topology.view.index;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.SegmentCommitInfo;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.TieredMergePolicy;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.NRTCachingDirectory;
import org.apache.lucene.util.IOUtils;

/**
 * An index in a directory. Whoever searches sees all that was written before. What is on disk is a commit: documents, and
 * marks that say up to where they are complete; commits are put off for a while, since each waits for the disk.
 */
final class LuceneIndex implements AutoCloseable {

    /** Heap, at most, of each index: there is one for each store and partition. */
    private static final double BUFFER_MB = 4;

    private static final double SMALL_SEGMENT_MB = 0.5;
    private static final double SMALL_SEGMENTS_MB = 2;
    private static final String UNPURGED = "unpurged";
    private static final long MERGING_PAUSE_NANOS = 20_000_000;

    private final long commitEveryNanos;
    private final Directory directory;
    private final IndexWriter writer;
    private final SearcherManager searchers;
    private final Purge purge;
    private final AtomicLong written = new AtomicLong();
    private final Object refreshing = new Object();
    private volatile long refreshed;

    private Map<String, String> marks;
    private boolean marked = true;
    private boolean committed = true;
    private long committedAt = System.nanoTime();

    /** Opens it, new or as it was committed last. */
    LuceneIndex(Path path, Duration commitEvery) throws IOException {
        commitEveryNanos = commitEvery.toNanos();
        // What queries make of a few new documents is merged before it is worth a file.
        directory = new NRTCachingDirectory(FSDirectory.open(path), SMALL_SEGMENT_MB, SMALL_SEGMENTS_MB);
        try {
            writer = new IndexWriter(directory, config());
        } catch (IOException | RuntimeException e) {
            directory.close();
            throw e;
        }
        try {
            searchers = new SearcherManager(writer, null);
        } catch (IOException | RuntimeException e) {
            // Else its lock is held for as long as the process runs, and nobody can open what is made in its place.
            IOUtils.closeWhileHandlingException(writer::rollback, directory);
            throw e;
        }
        marks = new HashMap<>();
        if (writer.getLiveCommitData() != null) {
            writer.getLiveCommitData().forEach(mark -> marks.put(mark.getKey(), mark.getValue()));
        }
        purge = new Purge(path.getFileName().toString(), this::removeDeleted);
        if (marks.containsKey(UNPURGED)) {
            purge.want(Duration.ZERO);
        }
    }

    private static IndexWriterConfig config() {
        // However few documents of a segment are deleted: to purge is to leave nothing of them.
        var merges = new TieredMergePolicy().setForceMergeDeletesPctAllowed(0);
        return new IndexWriterConfig()
                .setRAMBufferSizeMB(BUFFER_MB)
                .setCommitOnClose(false)
                .setMergePolicy(merges);
    }

    /** Replaces the document that has this term. */
    void put(Term key, Document document) throws IOException {
        marked = false;
        committed = false;
        writer.updateDocument(key, document);
        written.incrementAndGet();
    }

    void delete(Term key) throws IOException {
        marked = false;
        committed = false;
        writer.deleteDocuments(key);
        written.incrementAndGet();
    }

    /** Has the bytes of all that was deleted removed, after a while and beside the calling thread. */
    synchronized void purge(Duration delay) {
        marks.put(UNPURGED, "");
        committed = false;
        setCommitData();
        purge.want(delay);
    }

    /** Marks what was written so far; on disk at the latest when it is closed. A mark that is null is removed. */
    synchronized void mark(Map<String, String> changes) throws IOException {
        boolean unchanged = changes.entrySet().stream()
                .allMatch(change -> Objects.equals(marks.get(change.getKey()), change.getValue()));
        if (unchanged && committed) {
            // Copies at rest are marked all the time; there are many of them, and one disk.
            return;
        }
        committed = false;
        changes.forEach((name, mark) -> marks.compute(name, (same, former) -> mark));
        setCommitData();
        marked = true;
        if (System.nanoTime() - committedAt >= commitEveryNanos) {
            commit();
        }
    }

    /** Forgets all marks, at once and on disk, too. */
    synchronized void unmark() throws IOException {
        marks.keySet().removeIf(mark -> !mark.equals(UNPURGED));
        setCommitData();
        commit();
    }

    /** The mark of that name; null if there is none. */
    synchronized String mark(String name) {
        return marks.get(name);
    }

    <A> A search(Search<A> search) throws IOException {
        refresh();
        var searcher = searchers.acquire();
        try {
            return search.on(searcher);
        } finally {
            searchers.release(searcher);
        }
    }

    /** Those who come while another one refreshes need not do so again if that began after what they want to see. */
    private void refresh() throws IOException {
        long wanted = written.get();
        if (refreshed >= wanted) {
            return;
        }
        synchronized (refreshing) {
            if (refreshed < wanted) {
                long before = written.get();
                searchers.maybeRefreshBlocking();
                refreshed = before;
            }
        }
    }

    /** Commits what was marked. What was written after the last mark is dropped: nobody knows what else belongs to it. */
    @Override
    public void close() throws IOException {
        purge.close();
        try {
            if (marked) {
                commit();
            }
            searchers.close();
        } finally {
            // Merges that still run are given up; what they would have merged stays as it is.
            writer.rollback();
            directory.close();
        }
    }

    private void commit() throws IOException {
        writer.commit();
        committed = true;
        committedAt = System.nanoTime();
    }

    private Set<SegmentCommitInfo> merging() {
        synchronized (writer) {
            return Set.copyOf(writer.getMergingSegments());
        }
    }

    private void setCommitData() {
        writer.setLiveCommitData(Map.copyOf(marks).entrySet());
    }

    private void removeDeleted() throws IOException {
        var merging = merging();
        writer.forceMergeDeletes();
        // That leaves out what is merged already; and a merge that began before the deletion takes along what is
        // deleted.
        while (writer.isOpen() && !Collections.disjoint(merging(), merging)) {
            LockSupport.parkNanos(MERGING_PAUSE_NANOS);
        }
        writer.forceMergeDeletes();
        // The former commit and open readers hold the former files.
        synchronized (this) {
            if (!purge.wanted()) {
                marks.remove(UNPURGED);
                setCommitData();
            }
            // No mark may come between what is committed and the commit.
            writer.commit();
        }
        searchers.maybeRefreshBlocking();
    }
}
