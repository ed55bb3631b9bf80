//! What a person gets in print.

mod sample;

#[test]
fn it_renders() {
    let t = std::time::Instant::now();
    let bytes = documents::pdf(&sample::decision_letter())
        .map_err(|f| match f {
            documents::Fault::Layout(d) | documents::Fault::Export(d) => d.reveal().join("\n"),
        })
        .unwrap();
    eprintln!("{:?}", t.elapsed());
    for _ in 0..3 {
        let t = std::time::Instant::now();
        documents::pdf(&sample::decision_letter()).unwrap();
        eprintln!("{:?}", t.elapsed());
    }
    std::fs::write("/tmp/letter.pdf", bytes).unwrap();
    std::fs::write("/tmp/letter.txt", documents::text(&sample::decision_letter())).unwrap();
    let mut l = sample::decision_letter();
    l.print = documents::Print::Large;
    std::fs::write("/tmp/large.pdf", documents::pdf(&l).unwrap()).unwrap();
    std::fs::write("/tmp/letter.html", documents::html::page(&sample::decision_letter(), "document.css"))
        .unwrap();
}
