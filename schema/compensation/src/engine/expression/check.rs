use cel::common::ast::{CallExpr, Expr, IdedExpr, LiteralValue, SourceInfo, operators};

use super::evaluate::{MAX_DEFINITIONS, Node, NodeId, Program};
use super::message::{describe, not_allowed, unknown, unknown_zone};
use super::operation::{Arithmetic, Comparison};
use super::parse::{ExpressionError, MAX_DEPTH, parse};
use crate::engine::code::CountryCode;
use crate::engine::jurisdiction::Zones;
use crate::engine::vocabulary::{ENTRIES, FactType, country_number, slot};

/// The type of an expression.
pub(crate) type Meaning = FactType;

type Checked<T = (NodeId, Meaning)> = Result<T, ExpressionError>;

/// Checks the expressions of one pack and turns them into operations over slots.
pub(crate) struct Checker<'a> {
    zones: &'a Zones,
    definitions: Vec<(String, Meaning)>,
    program: Program,
}

impl<'a> Checker<'a> {
    pub(crate) fn new(zones: &'a Zones) -> Self {
        Self {
            zones,
            definitions: Vec::new(),
            program: Program::default(),
        }
    }

    /// The operations, when everything has been checked.
    pub(crate) fn finish(self) -> Program {
        self.program
    }

    /// Gives an expression a name, for the expressions after it.
    pub(crate) fn define(&mut self, name: &str, text: &str) -> Result<(), ExpressionError> {
        let is_word = name.starts_with(|letter: char| letter.is_ascii_lowercase())
            && name.chars().all(|letter| {
                letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '_'
            });
        if !is_word {
            let message =
                format!("{name:?} is no name; write small letters, digits and underscores.");
            return Err(ExpressionError::at(0, message));
        }
        if self.definitions.iter().any(|(known, _)| known == name) {
            let message = format!("`{name}` is defined twice; one name means one thing.");
            return Err(ExpressionError::at(0, message));
        }
        if self.definitions.len() == MAX_DEFINITIONS {
            let message = format!("A pack has at most {MAX_DEFINITIONS} definitions.");
            return Err(ExpressionError::at(0, message));
        }
        let (node, meaning) = self.any(text)?;
        self.definitions.push((name.to_owned(), meaning));
        self.program.definitions.push(node);
        Ok(())
    }

    /// A condition: yes, no, or open.
    pub(crate) fn condition(&mut self, text: &str) -> Result<NodeId, ExpressionError> {
        match self.any(text)? {
            (node, FactType::Truth) => Ok(node),
            (_, meaning) => {
                let message = format!("A condition is yes or no; this is {}.", describe(meaning));
                Err(ExpressionError::at(0, message))
            }
        }
    }

    /// A whole number.
    pub(crate) fn number(&mut self, text: &str) -> Result<NodeId, ExpressionError> {
        match self.any(text)? {
            (node, FactType::Number) => Ok(node),
            (_, meaning) => {
                let message = format!(
                    "An amount is a whole number; this is {}.",
                    describe(meaning)
                );
                Err(ExpressionError::at(0, message))
            }
        }
    }

    fn any(&mut self, text: &str) -> Checked {
        let (expression, source) = parse(text)?;
        self.check(&expression, &source, 0)
    }

    fn node(&mut self, node: Node) -> NodeId {
        let id = u32::try_from(self.program.nodes.len()).unwrap_or(u32::MAX);
        self.program.nodes.push(node);
        NodeId(id)
    }

    fn check(&mut self, expression: &IdedExpr, source: &SourceInfo, depth: usize) -> Checked {
        let at = offset(expression, source);
        if depth > MAX_DEPTH {
            let message = format!(
                "The expression is deeper than {MAX_DEPTH} levels. Move a part of it to a definition."
            );
            return Err(ExpressionError::at(at, message));
        }
        match &expression.expr {
            Expr::Literal(literal) => self.literal(literal, at),
            Expr::Ident(_) | Expr::Select(_) => self.name(expression, at),
            Expr::Call(call) => self.call(call, source, at, depth + 1),
            Expr::List(_) => Err(ExpressionError::at(
                at,
                "A list stands only to the right of `in`.",
            )),
            Expr::Comprehension(_) => Err(ExpressionError::at(
                at,
                "`all`, `exists`, `map`, `filter` and the like are not part of the language of rules; there is nothing to loop over.",
            )),
            Expr::Map(_) | Expr::Struct(_) | Expr::Unspecified => Err(ExpressionError::at(
                at,
                "Maps and messages are not part of the language of rules.",
            )),
        }
    }

    fn literal(&mut self, literal: &LiteralValue, at: usize) -> Checked {
        let message = match literal {
            LiteralValue::Boolean(truth) => {
                let node = self.node(Node::Constant(i64::from(*truth.inner())));
                return Ok((node, FactType::Truth));
            }
            LiteralValue::Int(number) => {
                let node = self.node(Node::Constant(*number.inner()));
                return Ok((node, FactType::Number));
            }
            LiteralValue::Double(_) => {
                "Numbers are whole: write amounts in minor units, 25000 for 250.00, and times in minutes."
            }
            LiteralValue::UInt(_) => "Write the number without `u`.",
            LiteralValue::String(_) => {
                "A text is compared with a fact of words, as in `event.kind == 'DELAY'`; it does not stand alone."
            }
            LiteralValue::Bytes(_) | LiteralValue::Null => {
                "Bytes and null are not part of the language of rules; what is not known is open by itself."
            }
        };
        Err(ExpressionError::at(at, message))
    }

    fn name(&mut self, expression: &IdedExpr, at: usize) -> Checked {
        let name = spelled(expression).ok_or_else(|| {
            ExpressionError::at(at, "A fact is a name, such as `event.arrival_delay`.")
        })?;
        let definition = self
            .definitions
            .iter()
            .position(|(known, _)| *known == name);
        if let Some(index) = definition {
            let meaning = self.definitions[index].1;
            let index = u16::try_from(index).unwrap_or(u16::MAX);
            return Ok((self.node(Node::Definition(index)), meaning));
        }
        if let Some(slot) = slot(&name) {
            let meaning = ENTRIES[usize::from(slot)].kind;
            return Ok((self.node(Node::Fact(slot)), meaning));
        }
        let message = if self.zones.number(&name).is_some() {
            format!("`{name}` is a zone; it stands only to the right of `in`.")
        } else {
            unknown(
                &name,
                self.definitions.iter().map(|(name, _)| name.as_str()),
            )
        };
        Err(ExpressionError::at(at, message))
    }

    fn call(&mut self, call: &CallExpr, source: &SourceInfo, at: usize, depth: usize) -> Checked {
        let name = call.func_name.as_str();
        match (name, call.args.as_slice()) {
            (operators::LOGICAL_NOT, [inner]) => {
                let inner = self.truth(inner, source, depth)?;
                Ok((self.node(Node::Not(inner)), FactType::Truth))
            }
            (operators::LOGICAL_AND | operators::LOGICAL_OR, [left, right]) => {
                let left = self.truth(left, source, depth)?;
                let right = self.truth(right, source, depth)?;
                let node = if name == operators::LOGICAL_AND {
                    Node::And(left, right)
                } else {
                    Node::Or(left, right)
                };
                Ok((self.node(node), FactType::Truth))
            }
            (operators::NEGATE, [inner]) => {
                let inner = self.whole(inner, source, depth)?;
                Ok((self.node(Node::Negative(inner)), FactType::Number))
            }
            (operators::CONDITIONAL, [condition, yes, no]) => {
                self.choice([condition, yes, no], source, depth)
            }
            (operators::EQUALS, [left, right]) => self.equality(left, right, source, depth, false),
            (operators::NOT_EQUALS, [left, right]) => {
                self.equality(left, right, source, depth, true)
            }
            (operators::IN, [item, list]) => self.membership(item, list, source, depth),
            (name, [left, right]) => self.binary(name, call, left, right, source, depth, at),
            (name, _) => Err(ExpressionError::at(at, not_allowed(name))),
        }
    }

    #[expect(
        clippy::too_many_arguments,
        reason = "the two sides of an operation and where they stand"
    )]
    fn binary(
        &mut self,
        name: &str,
        call: &CallExpr,
        left: &IdedExpr,
        right: &IdedExpr,
        source: &SourceInfo,
        depth: usize,
        at: usize,
    ) -> Checked {
        let library = call.target.as_deref().and_then(spelled);
        let arithmetic = match (name, library.as_deref()) {
            (operators::ADD, None) => Some(Arithmetic::Add),
            (operators::SUBSTRACT, None) => Some(Arithmetic::Subtract),
            (operators::MULTIPLY, None) => Some(Arithmetic::Multiply),
            (operators::DIVIDE, None) => Some(Arithmetic::Divide),
            (operators::MODULO, None) => Some(Arithmetic::Remainder),
            ("least", Some("math")) => Some(Arithmetic::Least),
            ("greatest", Some("math")) => Some(Arithmetic::Greatest),
            _ => None,
        };
        let comparison = match (name, &library) {
            (operators::LESS, None) => Some((Comparison::Less, false)),
            (operators::LESS_EQUALS, None) => Some((Comparison::LessOrEqual, false)),
            (operators::GREATER, None) => Some((Comparison::Less, true)),
            (operators::GREATER_EQUALS, None) => Some((Comparison::LessOrEqual, true)),
            _ => None,
        };
        if arithmetic.is_none() && comparison.is_none() {
            return Err(ExpressionError::at(at, not_allowed(name)));
        }
        let left = self.whole(left, source, depth)?;
        let right = self.whole(right, source, depth)?;
        if let Some(operation) = arithmetic {
            let node = self.node(Node::Arithmetic(operation, left, right));
            return Ok((node, FactType::Number));
        }
        let node = match comparison {
            Some((comparison, true)) => Node::Comparison(comparison, right, left),
            Some((comparison, false)) => Node::Comparison(comparison, left, right),
            None => return Err(ExpressionError::at(at, not_allowed(name))),
        };
        Ok((self.node(node), FactType::Truth))
    }

    fn choice(&mut self, parts: [&IdedExpr; 3], source: &SourceInfo, depth: usize) -> Checked {
        let condition = self.truth(parts[0], source, depth)?;
        let (yes, meaning) = self.check(parts[1], source, depth)?;
        let (no, other) = self.check(parts[2], source, depth)?;
        if meaning != other {
            let message = format!(
                "Both sides of `?:` are of one sort; these are {} and {}.",
                describe(meaning),
                describe(other)
            );
            return Err(ExpressionError::at(offset(parts[2], source), message));
        }
        Ok((self.node(Node::Choice(condition, yes, no)), meaning))
    }

    fn equality(
        &mut self,
        left: &IdedExpr,
        right: &IdedExpr,
        source: &SourceInfo,
        depth: usize,
        is_negated: bool,
    ) -> Checked {
        let (subject, literal) = if text_of(left).is_some() {
            (right, left)
        } else {
            (left, right)
        };
        let (subject, meaning) = self.check(subject, source, depth)?;
        let other = if let Some(text) = text_of(literal) {
            let number = word(meaning, text, offset(literal, source))?;
            self.node(Node::Constant(number))
        } else {
            let (other, kind) = self.check(literal, source, depth)?;
            if kind != meaning {
                let message = format!(
                    "Only values of one sort are compared; these are {} and {}.",
                    describe(meaning),
                    describe(kind)
                );
                return Err(ExpressionError::at(offset(literal, source), message));
            }
            other
        };
        let comparison = if is_negated {
            Comparison::NotEqual
        } else {
            Comparison::Equal
        };
        let node = self.node(Node::Comparison(comparison, subject, other));
        Ok((node, FactType::Truth))
    }

    fn membership(
        &mut self,
        item: &IdedExpr,
        list: &IdedExpr,
        source: &SourceInfo,
        depth: usize,
    ) -> Checked {
        let (item, meaning) = self.check(item, source, depth)?;
        let at = offset(list, source);
        let node = if let Expr::List(list) = &list.expr {
            let items = list.elements.iter().map(|element| {
                let at = offset(element, source);
                match (&element.expr, text_of(element)) {
                    (_, Some(text)) => word(meaning, text, at),
                    (Expr::Literal(LiteralValue::Int(number)), None)
                        if meaning == FactType::Number =>
                    {
                        Ok(*number.inner())
                    }
                    _ => Err(ExpressionError::at(
                        at,
                        format!(
                            "A list to compare {} with holds literals of that sort.",
                            describe(meaning)
                        ),
                    )),
                }
            });
            Node::OneOf(item, items.collect::<Result<_, _>>()?)
        } else {
            let name = spelled(list).unwrap_or_default();
            let zone = self
                .zones
                .number(&name)
                .ok_or_else(|| ExpressionError::at(at, unknown_zone(&name, self.zones.names())))?;
            match meaning {
                FactType::Place => Node::PlaceIn(item, zone),
                FactType::Country => Node::CountryIn(item, zone),
                FactType::Truth | FactType::Number | FactType::Word(_) => {
                    let message = format!(
                        "Only airports and countries lie in zones; this is {}.",
                        describe(meaning)
                    );
                    return Err(ExpressionError::at(at, message));
                }
            }
        };
        Ok((self.node(node), FactType::Truth))
    }

    fn truth(
        &mut self,
        expression: &IdedExpr,
        source: &SourceInfo,
        depth: usize,
    ) -> Checked<NodeId> {
        self.of(FactType::Truth, expression, source, depth)
    }

    fn whole(
        &mut self,
        expression: &IdedExpr,
        source: &SourceInfo,
        depth: usize,
    ) -> Checked<NodeId> {
        self.of(FactType::Number, expression, source, depth)
    }

    fn of(
        &mut self,
        wanted: Meaning,
        expression: &IdedExpr,
        source: &SourceInfo,
        depth: usize,
    ) -> Checked<NodeId> {
        let (node, meaning) = self.check(expression, source, depth)?;
        if meaning == wanted {
            return Ok(node);
        }
        let message = format!(
            "Here stands {}, and this is {}.",
            describe(wanted),
            describe(meaning)
        );
        Err(ExpressionError::at(offset(expression, source), message))
    }
}

fn offset(expression: &IdedExpr, source: &SourceInfo) -> usize {
    let (start, _) = source.offset_for(expression.id).unwrap_or_default();
    usize::try_from(start).unwrap_or_default()
}

/// A name with its dots.
fn spelled(expression: &IdedExpr) -> Option<String> {
    match &expression.expr {
        Expr::Ident(name) => Some(name.clone()),
        Expr::Select(select) if !select.test => {
            Some(format!("{}.{}", spelled(&select.operand)?, select.field))
        }
        _ => None,
    }
}

fn text_of(expression: &IdedExpr) -> Option<&str> {
    match &expression.expr {
        Expr::Literal(LiteralValue::String(text)) => Some(text.inner()),
        _ => None,
    }
}

fn word(meaning: Meaning, text: &str, at: usize) -> Result<i64, ExpressionError> {
    let problem = |message: String| Err(ExpressionError::at(at, message));
    match meaning {
        FactType::Word(words) => match words.iter().position(|word| *word == text) {
            Some(index) => Ok(i64::try_from(index + 1).unwrap_or(0)),
            None => problem(format!(
                "{text:?} is none of the words {}.",
                words.join(", ")
            )),
        },
        FactType::Country => match text.parse::<CountryCode>() {
            Ok(country) => Ok(country_number(country)),
            Err(error) => problem(format!("A country is two capital letters: {error}.")),
        },
        FactType::Truth | FactType::Number => problem(format!(
            "A text is not compared with {}.",
            describe(meaning)
        )),
        FactType::Place => problem("An airport is asked for a zone with `in`.".to_owned()),
    }
}
