// Lucene's side of search_bench: LuceneDriver <index> [<file of passages, one a line>] builds when a file is given,
// then times questions on request.
// Protocol on standard input, one line each: "run <file of questions>"; answers with one line of nanoseconds of
// CPU time per question. Compiled when the benchmark is run.
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.List;
import org.apache.lucene.analysis.core.WhitespaceAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.MMapDirectory;

public final class LuceneDriver {
    public static void main(String[] arguments) throws Exception {
        Directory directory = new MMapDirectory(Paths.get(arguments[0]));
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        if (arguments.length > 1) build(Paths.get(arguments[1]), directory);
        IndexSearcher searcher = new IndexSearcher(DirectoryReader.open(directory));
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        long found = 0;
        for (String command = in.readLine(); command != null; command = in.readLine()) {
            List<String> questions = Files.readAllLines(Paths.get(command.substring(4)), StandardCharsets.UTF_8);
            StringBuilder answer = new StringBuilder();
            for (String question : questions) {
                long before = threads.getCurrentThreadCpuTime();
                BooleanQuery.Builder query = new BooleanQuery.Builder();
                for (String word : question.split(" ")) {
                    query.add(new TermQuery(new Term("text", word)), BooleanClause.Occur.SHOULD);
                }
                found += searcher.search(query.build(), 10).scoreDocs.length;
                answer.append(threads.getCurrentThreadCpuTime() - before).append(' ');
            }
            System.out.println(answer);
            System.out.flush();
        }
        System.err.println("lucene found " + found);
    }

    private static void build(Path corpus, Directory directory) throws Exception {
        long begin = System.nanoTime();
        IndexWriterConfig config = new IndexWriterConfig(new WhitespaceAnalyzer());
        config.setRAMBufferSizeMB(256);
        try (IndexWriter writer = new IndexWriter(directory, config);
                BufferedReader lines = Files.newBufferedReader(corpus, StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Document document = new Document();
                document.add(new TextField("text", line, Field.Store.NO));
                writer.addDocument(document);
            }
            writer.forceMerge(1);
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        long bytes = 0;
        for (String file : directory.listAll()) bytes += directory.fileLength(file);
        System.out.println("built " + seconds + " " + bytes);
        System.out.flush();
    }
}
