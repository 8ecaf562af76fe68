//! From text to the blocks of a page. An empty line ends a paragraph, `# ` begins a heading, `- ` an item of a list.

use minijinja::Value;

/// One block of text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Block {
    Heading(String),
    Paragraph(String),
    List(Vec<String>),
}

/// The blocks of a text.
pub(super) fn blocks(text: &str) -> Vec<Block> {
    text.split("\n\n").flat_map(block).collect()
}

fn block(text: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        match (
            line.strip_prefix("# "),
            line.strip_prefix("- "),
            blocks.last_mut(),
        ) {
            (Some(heading), _, _) => blocks.push(Block::Heading(heading.to_owned())),
            (None, Some(item), Some(Block::List(items))) => items.push(item.to_owned()),
            (None, Some(item), _) => blocks.push(Block::List(vec![item.to_owned()])),
            (None, None, Some(Block::Paragraph(paragraph))) => {
                paragraph.push(' ');
                paragraph.push_str(line);
            }
            (None, None, _) => blocks.push(Block::Paragraph(line.to_owned())),
        }
    }
    blocks
}

/// The blocks as plain text.
pub(super) fn plain(blocks: &[Block]) -> String {
    let texts: Vec<String> = blocks
        .iter()
        .map(|block| match block {
            Block::Heading(text) => text.to_uppercase(),
            Block::Paragraph(text) => text.clone(),
            Block::List(items) => {
                let items: Vec<String> = items.iter().map(|item| format!("- {item}")).collect();
                items.join("\n")
            }
        })
        .collect();
    texts.join("\n\n")
}

/// The blocks as the layout of the page takes them.
pub(super) fn values(blocks: &[Block]) -> Value {
    let values: Vec<Value> = blocks
        .iter()
        .map(|block| match block {
            Block::Heading(text) => Value::from(("heading", text.as_str())),
            Block::Paragraph(text) => Value::from(("paragraph", text.as_str())),
            Block::List(items) => Value::from(("list", Value::from(items.clone()))),
        })
        .collect();
    Value::from(values)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_falls_into_blocks() {
        let text = "# Your rights\nFirst line\nand second.\n\n- one\n- two\n\nEnd.";
        assert_eq!(
            blocks(text),
            [
                Block::Heading("Your rights".to_owned()),
                Block::Paragraph("First line and second.".to_owned()),
                Block::List(vec!["one".to_owned(), "two".to_owned()]),
                Block::Paragraph("End.".to_owned()),
            ]
        );
        assert_eq!(
            plain(&blocks(text)),
            "YOUR RIGHTS\n\nFirst line and second.\n\n- one\n- two\n\nEnd."
        );
    }
}
