//! A subgraph of somebody else: the schema of `docs/examples/weather`, answered by other hands than ours.

use std::sync::{Arc, Mutex};

use schema_gateway::SubgraphSdl;
use serde_json::{Value, json};
use server::graph::subgraph::compose_with;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    task::JoinHandle,
};

/// Its schema as its owners publish it.
const SDL: &str = include_str!("../../docs/examples/weather/schema.graphql");

/// A server that tells the weather. It is gone when it is dropped.
#[derive(Debug)]
pub struct Foreign {
    url: String,
    heads: Arc<Mutex<Vec<String>>>,
    task: JoinHandle<()>,
}

impl Foreign {
    /// Starts it on a free port.
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let heads = Arc::new(Mutex::new(Vec::new()));
        let log = Arc::clone(&heads);
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, Arc::clone(&log)));
            }
        });
        Self {
            url: format!("http://{address}/graphql"),
            heads,
            task,
        }
    }

    /// Our supergraph with this subgraph in it.
    pub fn supergraph(&self) -> String {
        let weather = SubgraphSdl {
            name: "weather".to_owned(),
            url: self.url.clone(),
            sdl: SDL.to_owned(),
        };
        compose_with(vec![weather]).expect("it composes")
    }

    /// The heads of the requests so far, in lower case.
    pub fn heads(&self) -> Vec<String> {
        self.heads.lock().expect("no panic").clone()
    }
}

impl Drop for Foreign {
    fn drop(&mut self) {
        self.task.abort();
    }
}

// One request a connection is enough here.
async fn serve(mut stream: TcpStream, heads: Arc<Mutex<Vec<String>>>) {
    let mut bytes = Vec::new();
    let (head, length) = loop {
        if stream.read_buf(&mut bytes).await.unwrap_or(0) == 0 {
            return;
        }
        if let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
            let head = String::from_utf8_lossy(&bytes[..end]).to_lowercase();
            bytes.drain(..end + 4);
            let (_, rest) = head.split_once("content-length: ").expect("a length");
            let length = rest.lines().next().and_then(|length| length.parse().ok());
            break (head.clone(), length.unwrap_or(0));
        }
    };
    while bytes.len() < length {
        if stream.read_buf(&mut bytes).await.unwrap_or(0) == 0 {
            return;
        }
    }
    heads.lock().expect("no panic").push(head);
    let request: Value = serde_json::from_slice(&bytes).expect("a request");
    let body = tell(&request).to_string();
    let head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nconnection: close";
    let answer = format!("{head}\r\ncontent-length: {}\r\n\r\n{body}", body.len());
    let _ = stream.write_all(answer.as_bytes()).await;
}

/// It gives all it knows of what it is asked about, whatever the fields: the gateway takes what was asked for.
fn tell(request: &Value) -> Value {
    let lists = request["variables"].as_object().into_iter();
    let representations =
        lists.flat_map(|variables| variables.values().filter_map(Value::as_array));
    let weather = |flight: &Value| {
        let weather = match flight["destination"]["iataCode"].as_str() {
            Some("DXB") => json!({ "temperature": 31, "sky": "SAND" }),
            Some("FRA") => json!({ "temperature": 4.5, "sky": "CLOUDY" }),
            _ => Value::Null,
        };
        json!({ "__typename": "Flight", "arrivalWeather": weather })
    };
    let entities: Vec<Value> = representations.flatten().map(weather).collect();
    json!({ "data": { "weatherStations": ["DXB", "FRA"], "_entities": entities } })
}
